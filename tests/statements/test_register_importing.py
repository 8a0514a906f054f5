"""Import and export through the admin: preview, decision, trace, and nothing half-done."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from history.models import Change
from statements.models import Actor, Event, Office, RegisterImport, Speaker, Treaty
from statements.register_files import read_files
from statements.register_loading import load
from statements.search.entries import wrong
from tests.factories import (
    ActorFactory,
    EventFactory,
    OfficeFactory,
    PartyFactory,
    SpeakerFactory,
    StatementFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Speaker:
    """Ada Example, Minister of Examples of Ruritania since 2024."""
    ruritania = ActorFactory(code="RUR", name="Ruritania")
    speaker: Speaker = SpeakerFactory(slug="ada-example", name="Ada Example")
    OfficeFactory(
        speaker=speaker,
        actor=ruritania,
        title="Minister of Examples",
        start=date(2024, 1, 1),
        start_precision="day",
    )
    return speaker


def address(model: str, page: str, *args: object) -> str:
    return reverse(f"admin:statements_{model}_{page}", args=args)


def exported(client: Client, model: str, form: str) -> bytes:
    return bytes(client.get(address(model, "export", form)).content)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def written(rows: list[dict[str, str]], separator: str = ",", end: str = "\r\n") -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0], delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def upload(client: Client, model: str, name: str, data: bytes) -> Any:
    """The preview that follows an upload."""
    return client.post(
        address(model, "import"), {"file": SimpleUploadedFile(name, data)}, follow=True
    )


def confirm(client: Client, preview: Any, **choice: str) -> Any:
    path = preview.request["PATH_INFO"]
    return client.post(path, {"digest": preview.context["plan"].digest, **choice}, follow=True)


def test_an_edited_spreadsheet_changes_what_it_changes_and_says_so(
    admin_client: Client, ada: Speaker
) -> None:
    office = ada.offices.get()
    PartyFactory(speaker=ada, office=office, actor=office.actor)
    rows = table(exported(admin_client, "speaker", "csv"))
    rows[0] |= {"office_end": "2024-12-31", "aliases": "A. Example;Ada of Examples"}
    rows.append(
        dict.fromkeys(rows[0], "")
        | {
            "id": "bo-sample",
            "name": "Bo Sample",
            "office_id": "bo-sample.1",
            "office_title": "Envoy",
            "office_actor": "rur",
            "office_start": "2025-02",
        }
    )

    preview = upload(admin_client, "speaker", "speakers.csv", written(rows, separator=";"))

    assertContains(preview, "2 new; 2 changed")
    assertContains(preview, "2024-12-31")
    assertContains(preview, "1 statement names it. None of them is changed by this.")
    assert not Speaker.objects.filter(slug="bo-sample").exists()

    done = confirm(admin_client, preview)

    assertContains(done, "Imported speakers.csv: 2 new; 2 changed.")
    office.refresh_from_db()
    assert office.end == date(2024, 12, 31)
    assert set(ada.names.values_list("text", flat=True)) == {"A. Example", "Ada of Examples"}
    envoy = Office.objects.get(register_id="bo-sample.1")
    assert (envoy.start, envoy.start_precision) == (date(2025, 2, 1), "month")
    row = RegisterImport.objects.get()
    assert row.done == {"new": 2, "changed": 2}
    change = Change.objects.filter(table="statements_office", key=str(office.pk)).latest("pk")
    assert change.why == "Imported from the file speakers.csv."


def entries_written() -> int:
    """How often an entry of the search was updated in this transaction, also in vain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n_tup_upd FROM pg_stat_xact_user_tables"
            " WHERE relname = 'statements_searchentry'"
        )
        (count,) = cursor.fetchone()
    return int(count)


def test_what_is_searched_is_made_once_for_a_file_and_not_for_a_preview(
    admin_client: Client, ada: Speaker
) -> None:
    statement = StatementFactory()
    speakers: list[Speaker] = [ada, SpeakerFactory(slug="bo-example", name="Bo Example")]
    for order, speaker in enumerate(speakers):
        PartyFactory(statement=statement, speaker=speaker, order=order, name=speaker.name)
    rows = table(exported(admin_client, "speaker", "csv"))
    for row in rows:
        row["name"] = row["name"].replace("Example", "Beispiel")
    before = entries_written()

    preview = upload(admin_client, "speaker", "speakers.csv", written(rows))
    assert entries_written() == before
    confirm(admin_client, preview)

    assert entries_written() == before + 1
    assert wrong() == []


def test_the_same_file_again_changes_nothing(admin_client: Client, ada: Speaker) -> None:
    for form in ("csv", "yaml"):
        data = exported(admin_client, "speaker", form)

        preview = upload(admin_client, "speaker", f"speakers.{form}", data)

        assertContains(preview, "2 unchanged")
        assertContains(preview, "There is nothing to import.")


@pytest.mark.parametrize("choice", ["keep", "take"])
def test_what_a_person_edited_meanwhile_is_a_conflict(
    admin_client: Client, ada: Speaker, choice: str
) -> None:
    rows = table(exported(admin_client, "speaker", "csv"))
    Speaker.objects.filter(pk=ada.pk).update(note="Edited here.")
    rows[0]["family_name"] = "Exemplar"

    preview = upload(admin_client, "speaker", "speakers.csv", written(rows))
    assertContains(preview, "1 row in conflict")
    assertContains(preview, "Edited here.")
    done = confirm(admin_client, preview, conflicts=choice)

    ada.refresh_from_db()
    wanted = ("Example", "Edited here.") if choice == "keep" else ("Exemplar", "")
    assert (ada.family_name, ada.note) == wanted
    assertContains(done, "kept as they were" if choice == "keep" else "what the file says")


def test_a_row_that_only_a_person_edited_is_kept(admin_client: Client, ada: Speaker) -> None:
    data = exported(admin_client, "speaker", "yaml")
    Speaker.objects.filter(pk=ada.pk).update(note="Edited here.")

    preview = upload(admin_client, "speaker", "speakers.yaml", data)

    assertContains(preview, "edited here since the export and untouched in the file, so kept")
    assertContains(preview, "There is nothing to import.")


def test_a_register_that_changed_after_the_preview_is_not_written_over(
    admin_client: Client, ada: Speaker
) -> None:
    rows = table(exported(admin_client, "speaker", "csv"))
    rows[0]["family_name"] = "Exemplar"
    preview = upload(admin_client, "speaker", "speakers.csv", written(rows))
    Speaker.objects.filter(pk=ada.pk).update(note="Edited here.")

    answer = confirm(admin_client, preview)

    assert answer.status_code == 409
    assertContains(answer, "nothing was imported", status_code=409)
    ada.refresh_from_db()
    assert ada.family_name == "Example"
    assert confirm(admin_client, answer, conflicts="take").status_code == 200
    ada.refresh_from_db()
    assert ada.family_name == "Exemplar"


def test_an_import_is_confirmed_once(admin_client: Client, ada: Speaker) -> None:
    rows = table(exported(admin_client, "speaker", "csv"))
    rows[0]["family_name"] = "Exemplar"
    preview = upload(admin_client, "speaker", "speakers.csv", written(rows))
    confirm(admin_client, preview)

    assertContains(confirm(admin_client, preview), "was imported already")


@pytest.mark.parametrize(
    ("column", "value", "where", "sentence"),
    [
        ("office_start", "19.06.2024", "column", "is not a date like 2024, 2024-06 or 2024-06-19"),
        ("office_start", "2024-02-30", "column", "is no day of the calendar"),
        ("office_actor", "strelsau", "column", "is not in the register; add it first"),
        ("office_acting", "perhaps", "column", "is neither yes nor no"),
        ("office_end", "2023-01-01", "row 2", "is after 2023-01-01"),
        ("office_rank", "12", "column", "is not a number from 1 to 9"),
        ("gender", "x", "column", "is none of m, f"),
        ("wikidata_id", "42", "column", "A Wikidata id is a Q and digits"),
        ("name", "", "column", "«name» is missing."),
        ("name", "A" * 201, "column", "at most 200 characters"),
        ("office_title", "", "column", "«office_title» is missing."),
        ("native", "에이다", "column", "names no language"),
        ("name", "Ada\nExample", "column", "holds a line break or a control character"),
        ("office_title", "Minister\u202e", "column", "holds a line break or a control character"),
        ("aliases", "Ad\x07a", "row 2", "holds a line break or a control character"),
        ("more_names", "nickname::Addy", "column", "is not kind:language:yes:name"),
        ("version", "", "", "conflict"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_by_row_and_column(
    admin_client: Client, ada: Speaker, column: str, value: str, where: str, sentence: str
) -> None:
    rows = table(exported(admin_client, "speaker", "csv"))
    rows[0][column] = value
    rows[0]["family_name"] = "Exemplar"

    preview = upload(admin_client, "speaker", "speakers.csv", written(rows))

    assertContains(preview, sentence)
    assertContains(preview, f"«{column}»" if where == "column" else where)
    if where:
        assertContains(preview, "row 2")
        assertNotContains(preview, "Import exactly this")
        refused = confirm(admin_client, preview)
        assert refused.status_code == 409
    ada.refresh_from_db()
    assert ada.family_name == "Example"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", "id,name\nx,Añejo".encode("latin-1"), "not in UTF-8"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"naam,adres\nx,y", "«id» is not among them"),
        ("a.csv", b'id,name\nx,"open', "cannot be read from here on"),
        ("a.csv", b"id,name\nx,y,z", "3 cells and the header 2"),
        ("a.csv", b"id,id\nx,y", "stands 2 times"),
        ("a.csv", b"id,name\nx,\0", "NUL"),
        ("a.xlsx", b"PK", "neither .csv nor .yaml"),
        ("a.yaml", b"- id: [x", "This is not YAML"),
        ("a.yaml", b"a: 1", "must be a list of rows"),
        ("a.yaml", b"- &a [*a]", "Aliases"),
        ("a.yaml", b"[" * 50, "too deep"),
        ("a.yaml", b"[" * 100_000, ""),
        ("a.yaml", b"- !!python/object:os.system x", "is no row"),
        ("a.yaml", b"- {id: x, id: y}", "stands twice in one row"),
        ("a.yaml", b"- id: x\n  name: [y]", "Write one value here."),
        ("a.yaml", b"- {id: x, name: y}\n- {id: x, name: z}", "stands at"),
        ("a.yaml", b"- {id: 'x y', name: y}", "no space"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(
    admin_client: Client, name: str, data: bytes, sentence: str
) -> None:
    answer = upload(admin_client, "speaker", name, data)

    assertContains(answer, sentence, status_code=answer.status_code)
    assertNotContains(answer, "Import exactly this", status_code=answer.status_code)
    assert not Speaker.objects.exists()


def test_a_file_that_is_too_large_is_refused(admin_client: Client) -> None:
    answer = upload(admin_client, "speaker", "a.csv", b"x" * (5 * 1024 * 1024 + 1))

    assertContains(answer, "larger than 5 MiB", status_code=400)
    assert not RegisterImport.objects.exists()


def test_a_file_with_more_rows_than_a_preview_can_show_is_refused(
    admin_client: Client,
) -> None:
    data = b"id,name\n" + b"".join(b"p%d,Ada %d\n" % (n, n) for n in range(10_001))

    answer = upload(admin_client, "speaker", "a.csv", data)

    assertContains(answer, "more than 10,000 rows")
    assertNotContains(answer, "Import exactly this")


def test_one_wrong_row_and_nothing_is_imported(admin_client: Client) -> None:
    data = b"- {id: x, name: Ada Example}\n- {id: y, name: Bo, gender: q}\n"

    preview = upload(admin_client, "speaker", "a.yaml", data)
    answer = confirm(admin_client, preview)

    assert answer.status_code == 409
    assert not Speaker.objects.exists()


def test_what_the_database_alone_refuses_is_told_before(admin_client: Client) -> None:
    ActorFactory(code="UNION", name="Union of Examples")
    data = b"""
- id: rur
  kind: state
  iso3: RUR
  name: Ruritania
  groups: [union@1991-09-17/, union@1991-09-17/2000-01-01]
"""

    preview = upload(admin_client, "actor", "a.yaml", data)

    assertContains(preview, "The database refuses it")
    assert confirm(admin_client, preview).status_code == 409
    assert not Actor.objects.filter(code="RUR").exists()


def test_a_year_or_a_month_ends_on_its_last_day(admin_client: Client) -> None:
    ActorFactory(code="UNION", name="Union of Examples", register_id="union")
    data = b"""
- id: rur
  kind: state
  iso3: RUR
  name: Ruritania
  valid_from: "1991"
  valid_to: "2004"
  groups: [union@1991-09/2003, union@2004-01-05/2004-02]
"""

    confirm(admin_client, upload(admin_client, "actor", "a.yaml", data))

    actor = Actor.objects.get(code="RUR")
    assert (actor.valid_from, actor.valid_to) == (date(1991, 1, 1), date(2004, 12, 31))
    assert list(actor.memberships.order_by("start").values_list("start", "end")) == [
        (date(1991, 9, 1), date(2003, 12, 31)),
        (date(2004, 1, 5), date(2004, 2, 29)),
    ]
    again = upload(admin_client, "actor", "a.yaml", data)
    assertContains(again, "There is nothing to import.")


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2024-06-05", "2024-06", date(2024, 6, 30)),
        # Both are shown as months.
        ("2024-06", "2024-07", date(2024, 7, 1)),
    ],
)
def test_an_event_from_a_day_on_ends_within_its_month(
    admin_client: Client, start: str, end: str, day: date
) -> None:
    data = f"- {{id: fair, title: Fair, kind: summit, start: {start}, end: {end}}}".encode()

    confirm(admin_client, upload(admin_client, "event", "a.yaml", data))

    assert Event.objects.get().end == day


def test_a_code_that_another_row_has_is_refused(admin_client: Client) -> None:
    ActorFactory(code="RUR", name="Ruritania", register_id="ruritania")

    preview = upload(
        admin_client, "actor", "a.yaml", b"- {id: other, kind: state, iso3: RUR, name: Other}"
    )

    assertContains(preview, "«RUR» is the code of «Ruritania» already.")


def test_an_import_stays_when_the_projects_files_are_loaded_again(
    admin_client: Client,
) -> None:
    load(read_files())
    rows = table(exported(admin_client, "speaker", "csv"))
    rows[0]["note"] = "Corrected by an import."
    confirm(admin_client, upload(admin_client, "speaker", "a.csv", written(rows)))

    loaded = load(read_files())

    assert Speaker.objects.get(register_id=rows[0]["id"]).note == "Corrected by an import."
    assert loaded.conflicts == loaded.vanished == []


def test_a_formula_in_a_name_is_a_name(admin_client: Client) -> None:
    SpeakerFactory(slug="formula", name="=1+1", note="'tis a note")
    data = exported(admin_client, "speaker", "csv")

    assert table(data)[0]["name"] == "'=1+1"
    assertContains(upload(admin_client, "speaker", "a.csv", data), "1 unchanged")


def test_a_contradiction_is_told_and_does_not_stop(admin_client: Client, ada: Speaker) -> None:
    office = ada.offices.get()
    Office.objects.update(title_kind="foreign-minister")
    data = f"""
- id: bo-sample
  name: Bo Sample
  offices:
  - {{id: bo-sample.1, title: Foreign minister, title_id: foreign-minister,
     actor: {office.actor.code.lower()}, start: 2024-06-01, end: 2024-09-01, attested_to: 2024-10-01}}
""".encode()
    Office.objects.update(verified_to=date(2025, 1, 1))

    preview = upload(admin_client, "speaker", "a.yaml", data)

    assertContains(preview, "What the register would then contradict")
    assertContains(preview, "both hold the office")
    assertContains(preview, "outside the office")
    assertContains(confirm(admin_client, preview), "Imported a.yaml: 2 new")


def test_a_merged_row_is_not_changed_by_its_old_id(admin_client: Client, ada: Speaker) -> None:
    SpeakerFactory(slug="elder", name="Elder Example", merged_into=ada)

    assert "elder" not in exported(admin_client, "speaker", "yaml").decode()
    preview = upload(admin_client, "speaker", "a.yaml", b"- {id: elder, name: Other}")

    assertContains(preview, "This row was merged into «ada-example». Change that one instead.")


def test_treaties_and_events_come_back_too(admin_client: Client) -> None:
    actor = ActorFactory(code="RUR")
    treaty = TreatyFactory(slug="pact", titles={"en": ["The Pact; so called"]})
    treaty.parties.add(actor)
    treaty.provisions.create(number="4", order=4, texts={"en": "They help.\nAlways."})
    treaty.actions.create(kind="signed", day=date(2024, 6, 1), precision="month")
    event = EventFactory(slug="talks", start=date(2024, 6, 3), treaty=treaty)
    event.actors.add(actor)
    files = {
        (model, form): exported(admin_client, model, form)
        for model in ("actor", "treaty", "event")
        for form in ("csv", "yaml")
    }
    for (model, form), data in files.items():
        assertContains(upload(admin_client, model, f"a.{form}", data), "nothing to import")
    event.delete()
    Treaty.objects.all().delete()
    Actor.objects.all().delete()

    for model in ("actor", "treaty", "event"):
        preview = upload(admin_client, model, "a.csv", files[model, "csv"])
        confirm(admin_client, preview)

    for (model, form), data in files.items():
        assert exported(admin_client, model, form) == data


@pytest.mark.parametrize(
    ("group", "answer"), [("viewer", 403), ("analyst", 403), ("editor", 403), ("admin", 200)]
)
def test_only_admins_import(group: str, answer: int) -> None:
    user: User = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)

    assert client.get(address("speaker", "import")).status_code == answer
    listed = client.get(address("speaker", "changelist"))
    assert (b">Import<" in listed.content) == (answer == 200)
    assertContains(listed, "Export as CSV")


def test_nobody_else_exports_or_imports(client: Client) -> None:
    for page, args in (("import", ()), ("export", ("csv",))):
        assert client.get(address("speaker", page, *args)).status_code == 302


def test_a_form_that_is_not_written_is_refused(admin_client: Client) -> None:
    assert admin_client.get(address("speaker", "export", "xlsx")).status_code == 403
