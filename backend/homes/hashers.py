from django.contrib.auth.hashers import PBKDF2PasswordHasher


class PinHasher(PBKDF2PasswordHasher):
    """For the four digits that change the teacher at the door.

    No number of rounds protects 10,000 possibilities from whoever holds the table; five tries
    protect them from whoever stands at the tablet. So a salt, and few rounds: the door waits for it.
    """

    algorithm = "pin"
    iterations = 2_000
