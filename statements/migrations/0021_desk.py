"""The desk: claims, flags, and the act of each decision, by which it can be taken back."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from history.auditing import audit


class Migration(migrations.Migration):

    dependencies = [
        ('statements', '0020_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='claim', serialize=False, to='statements.statement')),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='review',
            name='act',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='review',
            name='undoes',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='review',
            name='decision',
            field=models.CharField(choices=[('enter', 'Enter'), ('publish', 'Publish'), ('reject', 'Reject'), ('edit', 'Edit'), ('merge', 'Merge'), ('withdraw', 'Withdraw'), ('position', 'Position'), ('split', 'Split'), ('flag', 'Flag'), ('unflag', 'take the flag off'), ('undo', 'Undo')], max_length=8),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['by', '-id'], name='review_by_person'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['act'], name='review_of_act'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('undoes__isnull', False)), fields=['undoes'], name='review_undoing'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('status', 'proposed')), fields=['proposed_at', 'id'], name='statement_waiting'),
        ),
        migrations.AddField(
            model_name='claim',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='flag',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='flag',
            name='statement',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='flag', to='statements.statement'),
        ),
        audit('statements_flag', owner=('statement_id', 'statements_statement')),
    ]
