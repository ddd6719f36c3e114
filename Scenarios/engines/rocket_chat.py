# SPDX-License-Identifier: GPL-3.0-or-later
"""Assigns as the waiting queue of Rocket.Chat with load balancing is described to do.

A worker goes round every CYCLE seconds. In each round it takes one conversation of each queue, the one at
the head, and gives it to the agent who is online, below every limit and first by number of open
conversations, then by the time of the last routing, then by name. A head for whom nobody is found stays
the head, and all behind it wait. So a queue gets one placement in CYCLE seconds, however many are free.

Usage: rocket_chat.py [CYCLE]. The protocol is Sources/PROTOCOL.md."""
import json
import sys

SECOND = 1_000_000_000
CYCLE = int(float(sys.argv[1] if len(sys.argv) > 1 else 5) * SECOND)

users, holder, is_open = {}, {}, set()
queues = {}  # Questions by team, the oldest first.


def count(contact, change):
    """Counts an open conversation for whoever has it."""
    if contact in is_open and holder.get(contact) is not None:
        users[holder[contact]]["open"] += change


def give(contact, user):
    """Notes who has a contact."""
    count(contact, -1)
    holder[contact] = user
    count(contact, 1)


def may_have(user, ask):
    """Whether an agent may have the conversation of a question."""
    limits = [n for n in (ask["fewer_than"], user["limit"]) if n is not None]
    return (ask["team"] in (None, user["team"]) and user["status"] == "online"
            and user["user"] != ask["exclude"] and all(user["open"] < n for n in limits))


def go_round(now):
    """One conversation of each queue, in the order of the teams."""
    decisions = []
    for team in sorted(queues, key=lambda team: -1 if team is None else team):
        ask = queues[team][0]
        found = [user for user in users.values() if may_have(user, ask)]
        if found:
            user = min(found, key=lambda user: (user["open"], user["routed"], user["name"]))
            user["routed"] = now
            give(ask["contact"], user["user"])
            decisions.append({"assign": ask["run"], "to": user["user"]})
            forget(ask["run"])
    return decisions


def forget(run):
    """Takes a question out of its queue."""
    for team, queue in list(queues.items()):
        queue[:] = [ask for ask in queue if ask["run"] != run]
        if not queue:
            del queues[team]


def hear(event):
    """Takes in what happened."""
    kind, contact = event["event"], event.get("contact")
    if kind == "status":
        users[event["user"]]["status"] = event["status"]
    elif kind == "opened":
        is_open.add(contact)
        holder[contact] = None
        give(contact, event["assignee"])
    elif kind == "closed":
        count(contact, -1)
        is_open.discard(contact)
    elif kind in ("assigned", "unassigned"):
        give(contact, event.get("to"))
    elif kind == "ask":
        queues.setdefault(event["team"], []).append(event)
    elif kind == "left_queue":
        forget(event["run"])


wake_at = None  # When the worker goes round next, as the platform was told.
for line in map(json.loads, sys.stdin):
    answer, decisions, now = {}, [], line["at"]
    for event in line["events"]:
        if event["event"] == "hello":
            users = {u["user"]: {**u, "open": 0, "routed": 0} for u in event["users"]}
            answer = {"protocol": 1, "name": "Rocket.Chat load balancing",
                      "wants": ["opened", "closed", "assigned", "unassigned", "status", "left_queue"]}
        else:
            hear(event)
    if wake_at is not None and wake_at <= now:
        wake_at = None
        decisions = go_round(now)
    if queues and wake_at is None:
        wake_at = now - now % CYCLE + CYCLE
        decisions.append({"wake_at": wake_at})
    print(json.dumps({"line": line["line"], "decisions": decisions, **answer}), flush=True)
