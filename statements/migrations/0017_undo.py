"""A decision may divide a statement, or take another decision back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0016_matches")]
    operations = [
        migrations.AlterField(
            model_name="review",
            name="decision",
            field=models.CharField(
                choices=[
                    ("enter", "Enter"),
                    ("publish", "Publish"),
                    ("reject", "Reject"),
                    ("edit", "Edit"),
                    ("merge", "Merge"),
                    ("withdraw", "Withdraw"),
                    ("position", "Position"),
                    ("split", "Split"),
                    ("undo", "Undo"),
                ],
                max_length=8,
            ),
        ),
    ]
