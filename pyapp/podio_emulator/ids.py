"""The ids of the sample data that tests and documentation may name. They never change.

Fields are numbered ``app id * 100 + place``, items ``app id * 1000 + number`` (so ``31001`` is the first client); the
measurements, of which there are 10,000, run from ``340_001`` to ``350_000``.
"""

PASSWORD = "podio"
ADA_ID, GRACE_ID = 101, 102
ADA_MAIL, GRACE_MAIL = "ada@example.com", "grace@example.com"

PUBLIC_CLIENT_ID = "workbench"
#: What the second factor takes, where it is required: the number that a device would show, and a recovery code.
ONE_TIME_CODE, RECOVERY_CODE = "123456", "lysholm-recovery"

CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_CLIENT_SECRET = "server", "server-secret"

# Organizations: Ada is in both, Grace in the first only.
LYSHOLM_ORG_ID, KUMO_ORG_ID = 11, 12

# Workspaces: two in each organization.
SALES_SPACE_ID, RESEARCH_SPACE_ID = 21, 22
IMPORT_SPACE_ID, DUBAI_SPACE_ID = 23, 24

# Apps: two in each workspace.
CLIENTS_APP_ID, PROJECTS_APP_ID = 31, 32
PRODUCTS_APP_ID, MEASUREMENTS_APP_ID = 33, 34
ORDERS_APP_ID, MAKERS_APP_ID = 35, 36
VISITS_APP_ID, INVOICES_APP_ID = 37, 38

#: The app token of the clients app, for the ``app`` grant.
CLIENTS_APP_TOKEN = "clients-app-token"

MEASUREMENT_COUNT = 10_000
FIRST_MEASUREMENT_ID = 340_001
LAST_MEASUREMENT_ID = 350_000

#: A client with a long discussion, and the item whose name and text are hostile markup.
CLIENT_ITEM_ID = 31_001
HOSTILE_ITEM_ID = 31_006
HOSTILE_NAME = "<img src=x onerror=alert(1)>"
#: A project and a product; together with the client they have a value in every type of field.
PROJECT_ITEM_ID = 32_001
PRODUCT_ITEM_ID = 33_001
