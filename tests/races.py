"""Two requests at the same time, each on a connection of its own."""

import threading

from django.db import connection, transaction

from base.lifecycle import Refused


class Other(threading.Thread):
    """Another request at the same time: runs a verb and remembers whether it was refused."""

    def __init__(self, verb):
        super().__init__()
        self.verb = verb
        self.refused = None
        self.result = None

    def run(self):
        try:
            self.result = self.verb()
            self.refused = False
        except Refused:
            self.refused = True
        finally:
            connection.close()

    def come_in_during(self, verb):
        """Start while the other verb has run and is not committed yet."""
        with transaction.atomic():
            verb()
            self.start()
            self.join(timeout=0.5)
        self.join()


def all_at_once(count, verb):
    """Run `verb(n)` in `count` threads that start together; (results, refusals, other errors)."""
    gate, results, refusals, errors = threading.Barrier(count), [], [], []

    def run(number):
        try:
            gate.wait()
            results.append(verb(number))
        except Refused as refusal:
            refusals.append(refusal)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, refusals, errors
