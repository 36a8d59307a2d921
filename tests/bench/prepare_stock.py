# mypy: disable-error-code=attr-defined
# (the models belong to another Django project than the one the plugin knows)
"""`python -m tests.bench.prepare_stock FILE`: the town in the stock app's tables."""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.stock.settings"
django.setup()

# Models can be imported only now.
from django.contrib.auth.models import User

from tests.bench import town
from tests.bench.sessions import sign_in
from tests.bench.stock.models import Member, Post, Relative, Subscription


def main(out: Path) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    staff = User.objects.bulk_create(User(username=f"staff{n}", password="!") for n in range(town.HOMES))
    people = User.objects.bulk_create(
        (User(username=f"relative{n}", password="!") for n in range(town.MEMBERS * town.RELATIVES)), batch_size=500
    )
    members = Member.objects.bulk_create((Member(home=n % town.HOMES, name=f"成员{n}") for n in range(town.MEMBERS)), batch_size=500)
    Post.objects.bulk_create(Post(user=user, home=home) for home, user in enumerate(staff))
    bound = {member.pk: people[n * town.RELATIVES : (n + 1) * town.RELATIVES] for n, member in enumerate(members)}
    Relative.objects.bulk_create(
        (Relative(user=user, member_id=member) for member, users in bound.items() for user in users), batch_size=500
    )
    Subscription.objects.bulk_create(
        (Subscription(user=user, endpoint=f"https://push.example/{user.pk}") for user in people), batch_size=500
    )
    town.Town(
        homes=list(range(town.HOMES)),
        members=[(member.pk, member.home) for member in members],
        readers={member: [user.pk for user in users] for member, users in bound.items()},
        staff=dict(enumerate(sign_in(staff).values())),
        phones=sign_in(people),
    ).save(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
