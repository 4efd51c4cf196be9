"""Superset's settings: on this machine only, state in the data folder, numbers and dates as Vietnamese readers do.

The connection to the marts is NTM_SUPERSET_DSN (a URL); it is put in place as a query runs and is stored nowhere.
"""

import os
from pathlib import Path

from sqlalchemy.engine import make_url

HOME = Path(os.environ["NTM_SUPERSET_HOME"])
SECRET_KEY = (HOME / "secret_key").read_text().strip()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}"
DATA_DIR = str(HOME)
LOG_LEVEL = "WARNING"

APP_NAME = "Kho dữ liệu nông thôn mới"
D3_FORMAT = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]}
D3_TIME_FORMAT = {
    "dateTime": "%H:%M %d/%m/%Y",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["SA", "CH"],
    "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    "months": [f"Tháng {month}" for month in range(1, 13)],
    "shortMonths": [f"Th{month}" for month in range(1, 13)],
}

# Figures change with a publication, not by the minute; readers see a new build within a minute of it.
_CACHE = {"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 60}
CACHE_CONFIG = DATA_CACHE_CONFIG = _CACHE
FILTER_STATE_CACHE_CONFIG = EXPLORE_FORM_DATA_CACHE_CONFIG = {
    "CACHE_TYPE": "FileSystemCache",
    "CACHE_DIR": str(HOME / "state"),
    "CACHE_DEFAULT_TIMEOUT": 86400,
}

# Nothing is loaded from, or told to, a network: the policy also stops the usage pixel that is built into the pages.
TALISMAN_ENABLED = True
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
WTF_CSRF_ENABLED = True
FEATURE_FLAGS = {"DASHBOARD_RBAC": True}


def DB_CONNECTION_MUTATOR(uri, params, username, security_manager, source):
    if uri.database == "ntm" and uri.username == "ntm_bi":
        uri = make_url(os.environ["NTM_SUPERSET_DSN"]).set(drivername="postgresql+psycopg2")
    return uri, params
