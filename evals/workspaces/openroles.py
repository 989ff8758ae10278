"""openroles: an online jobs board. Candidates and recruiters, companies as accounts, Title Case events beside a newer snake_case tracker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Maker,
    Value,
    World,
    chance,
    day_near,
    enumerated,
    first_moment,
    last_moment,
    moment_before,
    money,
    pick,
    some_of,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)  # a Wednesday, morning in London
CITIES = {"London": 6, "Manchester": 3, "Birmingham": 3, "Leeds": 2, "Bristol": 2, "Edinburgh": 2, "Glasgow": 2, "Cardiff": 1}  # fmt: skip
FIELDS = {"healthcare": 4, "engineering": 4, "hospitality": 3, "warehouse": 3, "education": 2, "sales": 3, "finance": 2, "design": 1}  # fmt: skip


def _candidate(known: Known) -> bool:
    return bool(known["userType"] == "candidate")


def _hirer(known: Known) -> bool:
    return not _candidate(known)


def _only(holds: bool, make: Maker) -> Maker:
    """A value for candidates only, or for the hiring side only."""
    return lambda rng, known: make(rng, known) if _candidate(known) == holds else None


def _kind(rng: Random, known: Known) -> Value:
    if not known["account"]:
        return "candidate"
    return rng.choices(("recruiter", "hiring_manager", "candidate"), (5, 2, 3))[0]


def _thousands(low: int, high: int) -> Maker:
    """A yearly salary in whole thousands, low ones more often."""
    return lambda rng, _: 1_000 * int(low + (high - low) * rng.random() ** 1.8)


def _wanted(rng: Random, known: Known) -> Value:
    now = known["currentSalary"] or 1_000 * rng.randint(22, 70)
    return float(round(now * rng.uniform(0.85, 1.4), -3))


def _renewal(rng: Random, known: Known) -> Value:
    return AS_OF.date() + timedelta(days=rng.randint(0, 180)) if known["premiumTier"] else None


TRAITS = (
    Column("userType", "text", _kind, "candidate looks for work, recruiter and hiring_manager act for a company", ("candidate", "recruiter", "hiring_manager")),
    Column("firstName", "text", pick("Aisha", "Callum", "Megan", "Tomasz", "Grace", "Dev", "Rhys", "Oluwaseun")),
    Column("email", "text", lambda rng, _: f"o{rng.randint(1, 99999)}@example.com", "E-mail address", missing=0.02),
    enumerated("city", CITIES, missing=0.06),
    Column("signedUpAt", "timestamp", first_moment, "When the person signed up"),
    Column("lastSeenAt", "timestamp", last_moment(50_000, 3), missing=0.05),
    Column("openToWork", "boolean", _only(True, chance(0.55)), "Shows employers that they are open to work", missing=0.12),
    Column("seniority", "text", _only(True, pick("entry", "mid", "senior", "lead", "exec", weights=(5, 6, 4, 2, 1))), "Level of the current job", ("entry", "mid", "senior", "lead", "exec"), missing=0.1),
    Column("yearsExperience", "integer", _only(True, whole(0, 28)), "Years of work experience", missing=0.1),
    Column("currentSalary", "number", _only(True, _thousands(20, 110)), "Salary now, GBP a year", missing=0.35),
    Column("desiredSalary", "number", _only(True, _wanted), "Salary wanted, GBP a year", missing=0.2),
    Column("skills", "list", _only(True, some_of("Excel", "Python", "SQL", "forklift", "first aid", "project management", "copywriting", "German")), "Skills on the profile", missing=0.2),
    Column("workMode", "text", _only(True, pick("remote", "hybrid", "onsite", weights=(4, 5, 4))), "Preferred way of working", ("remote", "hybrid", "onsite"), missing=0.15),
    Column("noticeCode", "text", _only(True, pick("N0", "N1", "N3", weights=(3, 5, 2))), "Notice period: N0 = can start at once, N1 = one month, N3 = three months", ("N0", "N1", "N3"), missing=0.25),
    Column("availableFrom", "date", _only(True, day_near(AS_OF, -60, 150)), "Earliest day of work", missing=0.4),
    Column("cvUpdatedAt", "timestamp", _only(True, moment_before(AS_OF, 480)), "When the CV was last changed", missing=0.3),
    Column("profileScore", "integer", whole(10, 100), "How complete the profile is, in percent"),
    Column("drivingLicence", "integer", _only(True, lambda rng, _: int(rng.random() < 0.6)), "1 = holds a driving licence, 0 = does not", missing=0.15),
    Column("sponsorshipNeeded", "text", _only(True, pick("Y", "N", weights=(1, 7))), "Needs a visa sponsored by the employer: Y = yes, N = no", ("Y", "N"), missing=0.1),
    Column("premiumTier", "text", _only(True, pick("plus", "pro", weights=(6, 3))), "Paid membership, not set without one", ("plus", "pro"), missing=0.72),
    Column("premiumRenewsOn", "date", _renewal, "Day on which the membership renews"),
    enumerated("Lead_Source", {"Google Ads": 4, "LinkedIn": 3, "Referral": 3, "Careers Fair": 2, "Partner Site": 1}, missing=0.1),
    Column("Email_Opt_Out", "boolean", chance(0.2), "Unsubscribed from marketing e-mail", missing=0.04),
    enumerated("SMS_Consent", {"Yes": 4, "No": 5}, "Agreed to text messages", missing=0.3),
    enumerated("Rating", {"Hot": 2, "Warm": 4, "Cold": 3}, missing=0.35),
    Column("Contact_Owner", "text", _only(False, pick("Priya", "Hamish", "Colette")), "Who looks after them on our side", missing=0.1),
    Column("NPS_Score", "integer", lambda rng, _: rng.choice((0, 2, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10)), "Latest NPS answer, 0 to 10", missing=0.5),
    Column("Last_Call", "date", day_near(AS_OF, -300, -1), "Day of the last phone call with us", missing=0.55),
)  # fmt: skip

ACCOUNT_TRAITS = (
    Column("Account_Name", "text", lambda rng, known: f"{rng.choice(('Bramley', 'Thistle', 'Quayside', 'Pennine'))} {rng.choice(('Care', 'Foods', 'Digital', 'Freight'))} {known['number']}"),
    enumerated("Industry", {"Healthcare": 4, "Hospitality": 3, "Logistics": 3, "Technology": 4, "Retail": 3, "Education": 2}, missing=0.05),
    enumerated("Account_Type", {"Direct Employer": 7, "Agency": 3, "Public Sector": 2}),
    Column("Employees", "integer", lambda rng, _: int(5 * 10 ** (rng.random() * 3)), missing=0.06),
    enumerated("planCode", {"PAYG": 4, "STD": 4, "PRO": 3, "ENT": 1}, "PAYG = pay as you go, STD = standard, PRO = professional, ENT = enterprise"),
    Column("jobCreditsLeft", "integer", lambda rng, _: int(40 * rng.random() ** 2), "Job postings paid for and not used yet"),
    Column("openJobs", "integer", lambda rng, _: int(30 * rng.random() ** 2.5), "Jobs that are online now"),
    Column("Annual_Spend", "number", money(300, 60_000), "Spent in the last twelve months, GBP", missing=0.08),
    Column("Customer_Since", "date", day_near(AS_OF, -1_800, -10)),
    Column("Contract_End", "date", day_near(AS_OF, -30, 400), "Last day of the contract", missing=0.25),
    enumerated("Account_Owner", {"Priya": 4, "Hamish": 3, "Colette": 3}, missing=0.1),
    enumerated("Billing_City", CITIES, missing=0.04),
    Column("isVerified", "boolean", chance(0.75), "The company was checked"),
    yes_no("Payment_Overdue", 0.17, "An invoice is past its date: Y = yes, N = no"),
    enumerated("atsName", {"Greenhouse": 3, "Workday": 3, "Bullhorn": 2}, "Applicant tracking system that is connected, not set without one", missing=0.5),
)  # fmt: skip

_CATEGORY = enumerated("job_category", FIELDS, "Field of work")
_TYPE = enumerated(
    "employment_type",
    {"FT": 6, "PT": 3, "CT": 2, "TMP": 2},
    "FT = full time, PT = part time, CT = contract, TMP = temporary",
)
_PLACE = enumerated(
    "work_location", {"remote": 3, "hybrid": 4, "onsite": 5}, "Where the job is done"
)
_SALARY = Column(
    "salary", "number", _thousands(20, 95), "Salary of the job, GBP a year", missing=0.2
)
_FAMILY = enumerated("role_family", FIELDS, "Field of work")
_CAMPAIGN = enumerated(
    "campaign_name",
    {"Weekly Matches": 5, "Salary Guide": 3, "Careers Fair Invite": 2, "Recruiter Digest": 2},
)
_STATUS = {"VWD": 6, "SHL": 3, "REJ": 4, "OFR": 1.2, "HRD": 0.8}

EVENTS = (
    Happening("Signed Up", 1, 1, (enumerated("method", {"google": 4, "linkedin": 3, "email": 5}), enumerated("device", {"web": 6, "ios": 3, "android": 3})), once=True),
    Happening("Job Viewed", 0.93, 16, (_CATEGORY, _TYPE, _PLACE, _SALARY, enumerated("found_by", {"search": 5, "job_alert": 3, "recommendation": 2, "company_page": 1}, "How the job was found")), "A job was looked at", who=_candidate),
    Happening("Job Searched", 0.8, 11, (enumerated("search_city", CITIES, missing=0.2), Column("radius_miles", "integer", lambda rng, _: rng.choice((5, 10, 15, 25, 50))), Column("results", "integer", lambda rng, _: int(300 * rng.random() ** 3), "Jobs found"), Column("remote_only", "boolean", chance(0.25))), who=_candidate),
    Happening("Job Saved", 0.55, 5, (_CATEGORY, _TYPE, _SALARY), "A job was put on the list of saved jobs", who=_candidate),
    Happening("Application Started", 0.75, 7, (_CATEGORY, _TYPE, _PLACE, _SALARY), "The form was opened", who=_candidate),
    Happening("Application Submitted", 0.01, 0.2, (_CATEGORY, _TYPE, _PLACE, _SALARY, enumerated("apply_method", {"quick_apply": 6, "employer_site": 3, "email": 1}), Column("cover_letter", "boolean", chance(0.4), "With a cover letter")), "The application was sent to the employer", after=("Application Started", 0.68, 60), who=_candidate),
    Happening("Application Status Changed", 0.01, 0.1, (_CATEGORY, enumerated("new_status", _STATUS, "VWD = seen by the employer, SHL = shortlisted, REJ = rejected, OFR = offer made, HRD = hired"), Column("days_waited", "integer", lambda rng, _: int(45 * rng.random() ** 2), "Days since the application")), "The employer moved an application on", after=("Application Submitted", 0.7, 700), who=_candidate),
    Happening("CV Uploaded", 0.7, 1.8, (enumerated("file_type", {"pdf": 7, "docx": 4}), Column("pages", "integer", whole(1, 5))), who=_candidate),
    Happening("Job Alert Created", 0.5, 2, (enumerated("frequency", {"daily": 5, "weekly": 4, "instant": 2}), _CATEGORY), "An alert for new jobs was set up", who=_candidate),
    Happening("Email Opened", 0.75, 10, (_CAMPAIGN,)),
    Happening("Email Link Clicked", 0.02, 0.3, (_CAMPAIGN,), after=("Email Opened", 0.35, 12)),
    Happening("interview_booked", 0.02, 0.3, (enumerated("interview_format", {"video": 5, "phone": 3, "in_person": 3}), _FAMILY), "A date for an interview was agreed", after=("Application Submitted", 0.22, 500), who=_candidate),
    Happening("skill_test_finished", 0.4, 2, (enumerated("test_name", {"Excel": 4, "SQL": 3, "English": 3, "Numeracy": 3}), Column("score_pct", "number", lambda rng, _: round(min(100, max(5, rng.gauss(62, 20))), 1), "Result in percent"), Column("passed", "boolean", chance(0.6))), who=_candidate),
    Happening("salary_calculator_used", 0.35, 2.2, (_FAMILY, Column("estimate_gbp", "number", _thousands(20, 95), "What it answered, GBP a year")), who=_candidate),
    Happening("Job Posted", 0.85, 7, (_CATEGORY, _TYPE, _PLACE, _SALARY, enumerated("listing", {"standard": 6, "featured": 3, "sponsored": 1.5}, "Kind of advertisement")), "A job went online", who=_hirer),
    Happening("Credits Purchased", 0.55, 3, (Column("credits", "integer", lambda rng, _: rng.choice((1, 3, 5, 10, 25)), "Postings bought"), Column("amount", "number", money(99, 3_500), "Price, GBP"), enumerated("pay_method", {"card": 6, "invoice": 4, "direct_debit": 2})), "Job postings were bought", who=_hirer),
    Happening("cv_search_run", 0.6, 9, (_FAMILY, Column("cvs_found", "integer", lambda rng, _: int(400 * rng.random() ** 3)), Column("saved_as_alert", "boolean", chance(0.2))), "The CV database was searched", who=_hirer),
    Happening("candidate_messaged", 0.55, 10, (enumerated("channel", {"inbox": 6, "sms": 2, "email": 4}, "How it was sent"), Column("template_used", "boolean", chance(0.5))), "A recruiter wrote to a candidate", who=_hirer),
)  # fmt: skip

WORLD = World(
    name="openroles",
    seed=20261014,
    as_of=AS_OF,
    people=1_900,
    traits=TRAITS,
    events=EVENTS,
    prefix="m",
    accounts=230,
    members=0.48,
    account_traits=ACCOUNT_TRAITS,
    history_days=520,
    inactive_plan=(
        Happening("Video Intro Recorded", 0, 0, (Column("seconds", "integer", whole(10, 90), "Length in seconds"),), "A candidate recorded a short film"),
    ),
    settings={
        "timezone": "Europe/London",
        "currency": "GBP",
        "lookback_days": 540,
        "dynamic_plus_limit": 30,
        "glossary": {
            "active seeker": "event('Application Submitted').within(30 days).count() >= 1",
            "immediate starter": "trait('noticeCode') = 'N0'",
            "member": "trait('premiumTier').exists()",
            "promoter": "trait('NPS_Score') >= 9",
        },
    },
)  # fmt: skip
