from django.db import migrations


ENROL = """
    INSERT INTO committees_elector (ballot_id, seat_id)
    SELECT ballot.id, seat.id
    FROM committees_ballot ballot
    JOIN committees_agendaitem item ON item.id = ballot.item_id
    JOIN committees_sitting sitting ON sitting.id = item.sitting_id
    JOIN committees_seat seat ON seat.committee_id = sitting.committee_id
        AND seat.capacity IN ('chair', 'member')
        AND (sitting.meets_at AT TIME ZONE 'Europe/Paris')::date
            BETWEEN seat.starts_on AND COALESCE(seat.ends_on, 'infinity'::date)
    WHERE ballot.status IN ('open', 'closed', 'proclaimed') AND NOT EXISTS (
        SELECT 1 FROM committees_interest interest
        WHERE interest.deliberation_id = item.deliberation_id
            AND interest.person_id = seat.user_id AND interest.status <> 'dismissed'
    )
    ORDER BY ballot.id, seat.id
"""


class Migration(migrations.Migration):
    """Who may vote was asked at each vote; from now on it is written at the opening."""

    dependencies = [("committees", "0018_add_secret_votes_and_contests")]

    operations = [migrations.RunSQL(ENROL, migrations.RunSQL.noop, elidable=True)]
