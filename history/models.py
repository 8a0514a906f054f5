"""One row for each change of an audited table, and the chain that seals them."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q

# The application name of this program's connections, as the settings have it.
PROGRAM = "demarche"


class Change(models.Model):
    """One row that was inserted, updated or deleted, written by a trigger of its table.

    `before` and `after` are whole rows as JSON, without what the table hides; values that it
    masks stand there as a digest. `who` and `why` are empty where the program acted on its
    own; `through` is the application that wrote, `role` the database user, so that a change
    past the program is seen as one. `act` is shared by all that one deed of a person changed.

    `owner_table` and `owner_key` name the row that this one belongs to: a party belongs to its
    statement. `left_key` names the owner that it belonged to before, when that changed.

    Rows are added and never changed; a trigger refuses anything else.
    """

    class Operation(models.TextChoices):
        INSERT = "insert"
        UPDATE = "update"
        DELETE = "delete"
        BASELINE = "baseline"  # as the row stood when its table began to be audited

    at = models.DateTimeField(db_default=TransactionNow())
    table = models.CharField(max_length=63)
    key = models.CharField(max_length=40)
    operation = models.CharField(max_length=8, choices=Operation)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    who = models.CharField(max_length=150, blank=True)
    who_id = models.BigIntegerField(null=True)
    why = models.TextField(blank=True)
    act = models.UUIDField(null=True)
    through = models.CharField(max_length=63, blank=True)
    role = models.CharField(max_length=63, blank=True)
    transaction = models.BigIntegerField()
    owner_table = models.CharField(max_length=63)
    owner_key = models.CharField(max_length=40)
    left_key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["table", "key", "id"], name="change_of_row"),
            models.Index(fields=["owner_table", "owner_key", "id"], name="change_of_owner"),
            models.Index(
                fields=["owner_table", "left_key", "id"],
                name="change_of_former_owner",
                condition=~Q(left_key=""),
            ),
            models.Index(fields=["act"], name="change_of_act", condition=Q(act__isnull=False)),
            models.Index(fields=["transaction"], name="change_of_transaction"),
            models.Index(fields=["who", "id"], name="change_of_person", condition=~Q(who="")),
            models.Index(
                fields=["id"], name="change_past_the_program", condition=~Q(through=PROGRAM)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.key}"

    @property
    def is_past_the_program(self) -> bool:
        """Whether something else than this program wrote: a console, a script, a restore."""
        return self.through != PROGRAM


class Seal(models.Model):
    """A link of the chain: the hash of one change and of the seal before it.

    Seals are numbered without gaps in the order in which changes were committed.
    """

    number = models.BigIntegerField(primary_key=True)
    # Without a key of the database's: a trigger alone writes seals, `verify` looks for their
    # changes, and to check it again cost each change a lock of its row.
    change = models.OneToOneField(
        Change, models.PROTECT, related_name="seal", db_constraint=False
    )
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash}"
