"""Notes against positions, and by which codebook a position was coded: so far by the first."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import statements.public_ids
from history.auditing import audit


OBJECTS = [
    ("treaty", "Treaty"),
    ("military-cooperation", "military cooperation"),
    ("arms-transfers", "arms transfers"),
    ("troops", "Troops"),
    ("summit", "Summit"),
    ("sanctions", "Sanctions"),
    ("dprk-weapons", "DPRK weapons programmes"),
    ("ukraine-arms", "arms for Ukraine"),
    ("alliance", "Alliance"),
    ("dialogue", "Dialogue"),
    ("", "not coded"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0018_withdrawn_register"),
        ("history", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="position",
            name="codebook",
            field=models.CharField(blank=True, default="1", max_length=20),
        ),
        migrations.CreateModel(
            name="DisputeSender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["sender", "at"], name="dispute_sender_at")],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=statements.public_ids.new_public_id, editable=False, max_length=12, unique=True)),
                ("disputed", models.CharField(max_length=500)),
                ("text", models.TextField(max_length=2000)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("state", models.CharField(choices=[("open", "waits for an answer"), ("accepted", "accepted: coded anew"), ("declined", "Declined")], default="open", max_length=8)),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("position", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="disputes", to="statements.position")),
                ("object", models.CharField(blank=True, choices=OBJECTS, max_length=20)),
                ("treaty", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="statements.treaty")),
                ("provision", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="statements.provision")),
                ("statement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="disputes", to="statements.statement")),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(condition=models.Q(("state", "open")), fields=["id"], name="dispute_open")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="dispute_has_text"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispute_answered_by_somebody",
                    ),
                ],
            },
        ),
        # Who sent notes within the hour is not kept; what they say, and the answers, are.
        audit("statements_dispute", owner=("statement_id", "statements_statement")),
    ]
