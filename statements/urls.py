"""The addresses of the reading pages."""

from django.urls import path, re_path

from statements import api, exports, syndication
from statements.views import (
    account,
    add,
    article,
    pages,
    register,
    reviewing,
    statement,
    status,
    theme,
    timeline,
    treaties,
)

urlpatterns = [
    path("", timeline.timeline, name="timeline"),
    path("statements/", timeline.timeline, name="statements"),
    path("statements.json", api.timeline, name="statements-json"),
    path("statements.csv", exports.timeline_csv, name="statements-csv"),
    path("statements.atom", syndication.timeline_atom, name="statements-atom"),
    path("s/<slug:public_id>.json", statement.statement_json, name="statement-json"),
    path("s/<slug:public_id>/", statement.statement, name="statement"),
    path("articles/<int:pk>/", article.article, name="article"),
    re_path(
        r"^snapshots/(?P<sha256>[0-9a-f]{64})\.bin$",
        article.snapshot_bytes,
        name="snapshot-bytes",
    ),
    path("speakers/", register.speakers, name="speakers"),
    path("speakers/<slug:slug>/", register.speaker, name="speaker"),
    path("actors/", register.actors, name="actors"),
    path("actors/<slug:code>/", register.actor, name="actor"),
    path("treaties/", treaties.treaties, name="treaties"),
    path("treaties/<slug:slug>/", treaties.treaty, name="treaty"),
    path("treaties/<slug:slug>/articles/<slug:number>/", treaties.provision, name="provision"),
    path("sources/", register.sources, name="sources"),
    path("sources/<slug:slug>/", register.source, name="source"),
    path("review/", reviewing.queue, name="review"),
    path("review/log/", reviewing.review_log, name="review-log"),
    path("review/<slug:public_id>/", reviewing.review_statement, name="review-statement"),
    path("review/<slug:public_id>/decide/", reviewing.review_decide, name="review-decide"),
    path("add/", add.add_article, name="add-article"),
    path("status/", status.status, name="status"),
    path("ingest/", status.ingest, name="ingest"),
    path("ingest/jobs/<int:pk>/retry/", status.job_retry, name="job-retry"),
    path("ingest/jobs/<int:pk>/cancel/", status.job_cancel, name="job-cancel"),
    path("ingest/feeds/<int:pk>/poll/", status.feed_poll, name="feed-poll"),
    path("theme/", theme.theme, name="theme"),
    path("help/", pages.help_page, name="help"),
    path("method/", pages.method, name="method"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
]
