"""What is asked without words and values is found in an index alone, without the rows."""

from django.db import migrations, models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

_BYTES = Func(F("packed"), function="octet_length", output_field=IntegerField())


class Migration(migrations.Migration):
    dependencies = [("statements", "0031_search_base")]
    operations = [
        migrations.RemoveIndex(model_name="searchentry", name="search_newest"),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                F("day").desc(nulls_last=True),
                F("statement").desc(),
                name="search_newest",
                include=["last", "packed"],
                condition=Q(LessThanOrEqual(_BYTES, 2000), listed=True),
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                fields=["statement"],
                name="search_longest",
                condition=Q(GreaterThan(_BYTES, 2000), listed=True),
            ),
        ),
    ]
