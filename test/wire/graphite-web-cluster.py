"""A graphite-web that has one other server, given as host:port and how it is asked (get or post): prints what it finds and reads there as JSON."""
import json
import os
import sys
import warnings
from datetime import datetime, timedelta

server, method, folder = sys.argv[1:4]
warnings.simplefilter("ignore")
os.environ.update(DJANGO_SETTINGS_MODULE="graphite.settings", GRAPHITE_ROOT=folder, GRAPHITE_STORAGE_DIR=folder, GRAPHITE_CONF_DIR=folder)

from graphite import settings

settings.CLUSTER_SERVERS = [server]
settings.REMOTE_STORE_USE_POST = method == "post"
settings.STORAGE_FINDERS = ["graphite.finders.remote.RemoteFinder"]
settings.SECRET_KEY = "tests"
settings.LOG_DIR = folder
settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
settings.TAGDB = ""

import django

django.setup()

import pytz
from graphite.render.evaluator import evaluateTarget
from graphite.storage import STORE

nodes = sorted([node.path, node.is_leaf] for node in STORE.find("cluster.*", local=False))
now = datetime.now(pytz.utc)
context = {
    "startTime": now - timedelta(minutes=5),
    "endTime": now,
    "now": now,
    "tzinfo": pytz.utc,
    "template": None,
    "localOnly": False,
    "data": [],
    "prefetched": {},
    "maxDataPoints": None,
    "forwardHeaders": {},
    "xFilesFactor": 0,
}
[series] = evaluateTarget(context, ["sumSeries(cluster.*)"])
json.dump({"nodes": nodes, "name": series.name, "step": series.step, "values": [value for value in series if value is not None]}, sys.stdout)
