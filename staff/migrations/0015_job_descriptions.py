import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0014_openings_and_candidates'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('put', 'Waits for the headteacher and the AST'), ('half_agreed', 'Agreed by one: waits for the other'), ('in_force', 'In force'), ('superseded', 'Replaced by a later version'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('management_duties', models.CharField(blank=True, max_length=200, verbose_name='management duties kept')),
                ('line_manager', models.CharField(blank=True, max_length=150, verbose_name='line manager at the school')),
                ('purpose', models.TextField(blank=True, max_length=2000, verbose_name='purpose in the school')),
                ('head_part', models.TextField(blank=True, max_length=2000, verbose_name='the headteacher’s part in supporting teachers')),
                ('classroom_tasks', models.TextField(blank=True, max_length=4000, verbose_name='key tasks in the classroom')),
                ('outreach_tasks', models.TextField(blank=True, max_length=4000, verbose_name='key tasks in outreach')),
                ('asked', models.PositiveSmallIntegerField(default=0, verbose_name='times put to those who agree')),
                ('put_on', models.DateField(blank=True, null=True)),
                ('head_agreed_on', models.DateField(blank=True, null=True)),
                ('ast_agreed_on', models.DateField(blank=True, null=True)),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('to_change', models.TextField(blank=True, max_length=1000, verbose_name='what is to change')),
                ('head_agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descriptions', to='staff.post', verbose_name='AST')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['post', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300, verbose_name='responsibility')),
                ('description', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='staff.jobdescription')),
            ],
            options={
                'verbose_name_plural': 'responsibilities',
                'ordering': ['number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JobObjective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='objective')),
                ('on_outreach', models.BooleanField(default=False, verbose_name='on outreach')),
                ('responsibility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='staff.responsibility')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='jobdescription',
            constraint=models.UniqueConstraint(fields=('post', 'version'), name='description_version_once'),
        ),
        migrations.AddConstraint(
            model_name='jobdescription',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'half_agreed', 'put'])), fields=('post',), name='description_one_open'),
        ),
        migrations.AddConstraint(
            model_name='jobdescription',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'in_force')), fields=('post',), name='description_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='jobdescription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['in_force', 'superseded']), _negated=True), models.Q(('agreed_on__isnull', False), ('ast_agreed_on__isnull', False), ('head_agreed_by__isnull', False)), _connector='OR'), name='description_agreed_by_both'),
        ),
        migrations.AddConstraint(
            model_name='jobdescription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('head_agreed_by__isnull', True), ('head_agreed_on__isnull', True)), models.Q(('head_agreed_by__isnull', False), ('head_agreed_on__isnull', False)), _connector='OR'), name='description_head_agreed_when_and_who'),
        ),
    ]
