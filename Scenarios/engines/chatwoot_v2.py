# SPDX-License-Identifier: GPL-3.0-or-later
"""Assigns as the assignment v2 of Chatwoot is described to do, with its `balanced` selection.

A job looks at the conversations without anybody, the oldest first, at most BATCH of them, and gives each to
the agent who is online, below every limit, had fewer than PER_WINDOW assignments within the last WINDOW
seconds, and has the fewest open conversations. Of several the first in the order of the database is taken:
there is no tie-break. What happens queues a job, once, however much happens until it runs; besides there is
a sweep every SWEEP seconds. Nothing else brings back a conversation that was passed over.

That much is described; how long a queued job waits before it runs (DELAY) and how many assignments a
window allows are assumptions of this file, for each installation has its own.

Usage: chatwoot_v2.py [BATCH [WINDOW [PER_WINDOW [DELAY [SWEEP]]]]]. The protocol is Sources/PROTOCOL.md."""
import json
import sys
from collections import deque

SECOND = 1_000_000_000
given = [float(word) for word in sys.argv[1:]]
BATCH, WINDOW, PER_WINDOW, DELAY, SWEEP = given + [100, 300, 10, 2, 900][len(given):]

users, holder, is_open = {}, {}, set()
queue = []  # Questions that nobody was found for, the oldest first.
job_at = None  # When the queued job runs.
wake_at = None  # What the platform was last told.


def count(contact, change):
    """Counts an open conversation for whoever has it."""
    if contact in is_open and holder.get(contact) is not None:
        users[holder[contact]]["open"] += change


def give(contact, user):
    """Notes who has a contact."""
    count(contact, -1)
    holder[contact] = user
    count(contact, 1)


def select(ask, now):
    """The first in order of those with the fewest open conversations who may have one more."""
    best = None
    for user in users.values():
        given_lately = user["given"]
        while given_lately and given_lately[0] <= now - WINDOW * SECOND:
            given_lately.popleft()
        limits = [n for n in (ask["fewer_than"], user["limit"]) if n is not None]
        if (ask["team"] in (None, user["team"]) and user["status"] == "online"
                and len(given_lately) < PER_WINDOW and user["user"] != ask["exclude"]
                and all(user["open"] < n for n in limits)
                and (best is None or user["open"] < best["open"])):
            best = user
    return best


def run_job(now):
    """One pass over the oldest conversations without anybody."""
    decisions = []
    for ask in queue[:int(BATCH)]:
        user = select(ask, now)
        if user is not None:
            queue.remove(ask)
            give(ask["contact"], user["user"])
            user["given"].append(now)
            decisions.append({"assign": ask["run"], "to": user["user"]})
    return decisions


def hear(event):
    """Takes in what happened; whether it queues a job."""
    kind, contact = event["event"], event.get("contact")
    if kind == "status":
        users[event["user"]]["status"] = event["status"]
        return event["status"] == "online"
    if kind == "opened":
        is_open.add(contact)
        holder[contact] = None
        give(contact, event["assignee"])
    elif kind == "closed":
        count(contact, -1)
        is_open.discard(contact)
        return True
    elif kind in ("assigned", "unassigned"):
        give(contact, event.get("to"))
    elif kind == "ask":
        queue.append(event)
        return True
    elif kind == "left_queue":
        queue[:] = [ask for ask in queue if ask["run"] != event["run"]]
    return False


for line in map(json.loads, sys.stdin):
    answer, decisions, now = {}, [], line["at"]
    for event in line["events"]:
        if event["event"] == "hello":
            users = {u["user"]: {**u, "open": 0, "given": deque()} for u in event["users"]}
            answer = {"protocol": 1, "name": "Chatwoot assignment v2",
                      "wants": ["opened", "closed", "assigned", "unassigned", "status", "left_queue"]}
        elif hear(event) and job_at is None and queue:
            job_at = now + int(DELAY * SECOND)
    if min(wake_at or now + 1, job_at or now + 1) <= now:
        wake_at = job_at = None
        decisions = run_job(now)
    if queue:
        sweep_at = now - now % int(SWEEP * SECOND) + int(SWEEP * SECOND)
        next_at = min(sweep_at, job_at or sweep_at)
        if next_at != wake_at:
            wake_at = next_at
            decisions.append({"wake_at": wake_at})
    print(json.dumps({"line": line["line"], "decisions": decisions, **answer}), flush=True)
