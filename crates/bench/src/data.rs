//! The data that is served: the demonstration's world, filled up to 500 organisations, 500 users and 10,000
//! needs of sixteen sentences. The same seed makes the same data.

use crate::server::first_process;
use crate::table::Database;
use crate::text::{Dice, THEMES, prose, title};
use anyhow::{Context, Result, anyhow, ensure};
use ronghe_app::{App, Clock, Sealer, Settings, need::policy_of};
use ronghe_demo::data::Need as Told;
use ronghe_domain::account::{Account, State as AccountState};
use ronghe_domain::audit::hex;
use ronghe_domain::cycle::Cycle;
use ronghe_domain::kernel::{AccountId, Instant, NeedId, OrgId, Role, SessionId, Version};
use ronghe_domain::need::draft::Context as Checked;
use ronghe_domain::need::{IndicatorDraft, Need, NeedDraft, Return, State};
use ronghe_domain::org::{OrgKind, Organisation};
use ronghe_domain::policy::Content as PolicyContent;
use ronghe_store::session::Session;
use ronghe_store::{Connection, Db, Transaction, account, cycle, need, org, session};
use sha2::{Digest, Sha256};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// How many there are of each.
const ORGS: usize = 500;
const USERS: usize = 500;
pub(crate) const NEEDS: u32 = 10_000;

/// Needs with a session of their school and one of their district, for those who write.
const WRITERS: usize = 64;

/// The key under which telephones lie sealed.
const KEY: [u8; 32] = [7; 32];

/// The password of everyone in the world.
pub(crate) const PASSWORD: &str = "bronze kettle under willow";
/// Who signs in, and who reads: of the lead office, which sees every need that arrived.
pub(crate) const LEAD: &str = "zhangmin";

/// A filled database.
pub(crate) struct World {
    folder: TempDir,
    url: String,
    /// PostgreSQL's first process.
    database_process: Option<u32>,
    /// Year of the cycle.
    pub(crate) year: String,
    /// Cookie of a session of the lead office.
    pub(crate) lead: String,
    pub(crate) writers: Vec<Writer>,
    /// Numbers of needs that have arrived at the lead office and that nobody writes.
    pub(crate) arrived: Vec<String>,
}

/// A need that is returned and submitted again, over and over.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    pub(crate) need: String,
    /// Cookies of the two who write.
    pub(crate) school: String,
    pub(crate) district: String,
}

impl World {
    /// Makes the database and fills it.
    pub(crate) async fn make(database: Database, server: Option<&str>) -> Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let url = match database {
            Database::Sqlite => format!("sqlite:{}", folder.path().join("bench.sqlite").display()),
            Database::Postgres => empty_postgres(server.context("no --postgres was given")?).await?,
        };
        let db = Db::connect(&url).await?;
        db.migrate().await?;
        std::fs::write(folder.path().join("key"), KEY).context("cannot write the key")?;
        let files = folder.path().join("files");
        let settings = Settings { demo: true, files, key: KEY, ..Settings::default() };
        let real = App::new(db.clone(), Clock::Real, settings.clone());
        let making = App::new(db.clone(), Clock::standing_at(Instant::UNIX_EPOCH), settings);
        ronghe_demo::make(&making, real.today(), PASSWORD, ronghe_demo::Size::Small).await?;
        let mut world = Self {
            folder,
            url,
            database_process: None,
            year: String::new(),
            lead: String::new(),
            writers: Vec::new(),
            arrived: Vec::new(),
        };
        world.fill(&real, database).await?;
        db.close().await?;
        Ok(world)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// PostgreSQL's first process, where there is one.
    pub(crate) const fn database_process(&self) -> Option<u32> {
        self.database_process
    }

    async fn fill(&mut self, app: &App, database: Database) -> Result<()> {
        let register = app.register().await?;
        let cycle = register.real().next().context("the demonstration has no cycle")?;
        let policy = policy_of(cycle, &register).context("the demonstration's cycle has no policy")?;
        self.year = cycle.name();
        let tx = app.db().begin().await?;
        let mut filling =
            Filling { tx, now: app.now(), orgs: Vec::new(), people: 0, sessions: 0, dice: Dice::new() };
        let lead = account::by_login(&filling.tx, LEAD).await?;
        self.lead = filling.session(lead.id).await?;
        let units = filling.units(&register.directory.orgs).await?;
        let mut told = ronghe_demo::data::needs()?;
        // Others may be half written.
        told.retain(|need| need.state == State::Forwarded);
        for nth in 0..NEEDS {
            let at = usize::try_from(nth)?;
            let unit = units.get(at % units.len()).context("there are no schools")?;
            let told = told.get(at % told.len()).context("the demonstration has no needs")?;
            let made = filling.need(nth, unit, told, cycle, policy, &register.directory).await?;
            if made.state == State::Submitted && self.writers.len() < WRITERS {
                let school = filling.session(unit.person).await?;
                let district = filling.session(unit.district_person).await?;
                self.writers.push(Writer { need: made.name().to_string(), school, district });
            }
            if made.state == State::Forwarded {
                self.arrived.push(made.name().to_string());
            }
        }
        ensure!(self.writers.len() == WRITERS, "too few needs are submitted");
        // The floor's write: one row of what happened.
        let column =
            if database == Database::Sqlite { "INTEGER PRIMARY KEY" } else { "BIGSERIAL PRIMARY KEY" };
        let table =
            format!("CREATE TABLE bench_activity (id {column}, at BIGINT NOT NULL, what TEXT NOT NULL)");
        filling.tx.execute_unprepared(&table).await?;
        filling.tx.commit().await?;
        if database == Database::Postgres {
            // What its own housekeeping does within a minute: no run waits for it.
            app.db().reader().execute_unprepared("VACUUM ANALYZE").await?;
            self.database_process = Some(first_process(own_process(app.db()).await?)?);
        }
        Ok(())
    }
}

/// An empty database on a server that may be thrown away.
async fn empty_postgres(server: &str) -> Result<String> {
    let admin = Db::connect(server).await?;
    admin.reader().execute_unprepared("DROP DATABASE IF EXISTS bench").await?;
    admin.reader().execute_unprepared("CREATE DATABASE bench").await?;
    admin.close().await?;
    Ok(server.replacen("/postgres?", "/bench?", 1))
}

async fn own_process(db: &Db) -> Result<i32> {
    let pool = db.reader().get_postgres_connection_pool();
    Ok(sea_orm::sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(pool).await?)
}

/// A school with someone who files its needs, and someone of its district.
struct Unit {
    org: OrgId,
    district: OrgId,
    person: AccountId,
    district_person: AccountId,
}

/// The transaction that fills the database.
struct Filling {
    tx: Transaction,
    now: Instant,
    orgs: Vec<OrgId>,
    people: usize,
    sessions: usize,
    dice: Dice,
}

impl Filling {
    /// Schools until there are 500 organisations, each with a person; the last ones have more.
    async fn units(&mut self, known: &[Organisation]) -> Result<Vec<Unit>> {
        let mut districts = Vec::new();
        self.people = ronghe_demo::data::people()?.len();
        for district in known.iter().filter(|org| org.kind == OrgKind::District) {
            let person = self.person(district.id, Role::DistrictBureau).await?;
            districts.push((district.id, person));
        }
        let mut units = Vec::new();
        for nth in 0..ORGS.saturating_sub(known.len()) {
            let (district, district_person) =
                *districts.get(nth % districts.len().max(1)).context("there are no districts")?;
            let school = self.school(nth, district).await?;
            if self.people < USERS {
                let person = self.person(school, Role::NeedUnit).await?;
                units.push(Unit { org: school, district, person, district_person });
            }
        }
        while self.people < USERS {
            let at = self.people % units.len().max(1);
            let org = units.get(at).context("there are no schools")?.org;
            self.person(org, Role::NeedUnit).await?;
        }
        Ok(units)
    }

    async fn school(&mut self, nth: usize, district: OrgId) -> Result<OrgId> {
        let id = OrgId(id(1, self.orgs.len())?);
        let school = Organisation {
            id,
            slug: format!("bench-school-{nth}"),
            kind: OrgKind::School,
            name: format!("第{}实验学校", nth + 1),
            name_en: format!("Experimental School {}", nth + 1),
            aliases: Vec::new(),
            parent: Some(district),
            leading_group_seat: None,
            since: None,
            until: None,
            position: u16::try_from(1000 + nth)?,
            university: None,
            contacts: Vec::new(),
            sign_off: Vec::new(),
            version: Version::FIRST,
        };
        org::insert(&self.tx, &Sealer::new(KEY), &school).await?;
        self.orgs.push(id);
        Ok(id)
    }

    async fn person(&mut self, org: OrgId, role: Role) -> Result<AccountId> {
        let id = AccountId(id(2, self.people)?);
        let account = Account {
            id,
            login: format!("bench{}", self.people),
            name: format!("老师{}", self.people),
            name_en: format!("Teacher {}", self.people),
            org,
            roles: [role].into(),
            post: "教师".to_owned(),
            mail: String::new(),
            state: AccountState::Active,
            password_set: true,
            pending: None,
            second_factor: false,
            last_seen: None,
            version: Version::FIRST,
        };
        account::insert(&self.tx, &account).await?;
        self.people += 1;
        Ok(id)
    }

    /// A session of `account`; gives back its cookie.
    async fn session(&mut self, account: AccountId) -> Result<String> {
        let secret = format!("bench-session-{}", self.sessions);
        let begun = Session {
            id: SessionId(id(3, self.sessions)?),
            account,
            made: self.now,
            last_seen: self.now,
            proved: self.now,
            address: "127.0.0.1".to_owned(),
            agent: "bench".to_owned(),
        };
        session::insert(&self.tx, &begun, &hex(&Sha256::digest(secret.as_bytes()))).await?;
        self.sessions += 1;
        Ok(format!("ronghe={secret}"))
    }

    async fn need(
        &mut self,
        nth: u32,
        unit: &Unit,
        told: &Told,
        cycle: &Cycle,
        policy: &PolicyContent,
        directory: &ronghe_domain::org::Directory,
    ) -> Result<Need> {
        let theme = self.dice.one_of(&THEMES);
        let draft = typed(&mut self.dice, told, theme);
        let checked = draft.check(Checked { policy, directory });
        let content = checked.map_err(|errors| anyhow!("a need does not hold: {errors:?}"))?;
        let state = state(nth);
        let changed = self.now.as_microsecond() - i64::from(self.dice.below(15 * 86_400)) * 1_000_000;
        let changed_at = Instant::from_microsecond(changed)?;
        let arrived = matches!(state, State::Forwarded | State::Returned);
        let ends = cycle.content.collecting.districts_end;
        let returned = state.is_returned().then(|| Return {
            from: if arrived { State::Forwarded } else { State::Submitted },
            corrections: Vec::new(),
            remark: "请补充现状数据".to_owned(),
            until: ends,
            by: unit.district_person,
            at: changed_at,
        });
        let made = Need {
            id: NeedId(id(4, usize::try_from(nth)?)?),
            cycle: cycle.id,
            year: cycle.year(),
            seq: Some(cycle::next_need(&self.tx, cycle.id).await?),
            unit: unit.org,
            district: Some(unit.district),
            unit_kind: OrgKind::School,
            state,
            draft,
            content: Some(content),
            returned,
            author: unit.person,
            changed_at,
            submitted_at: Some(changed_at),
            forwarded_at: arrived.then_some(changed_at),
            carried_from: None,
            version: Version::FIRST,
        };
        need::insert(&self.tx, &Sealer::new(KEY), &made).await?;
        Ok(made)
    }
}

/// So many needs as a school would type them; the same in every run.
pub(crate) fn drafts(count: u32) -> Result<Vec<NeedDraft>> {
    let told = ronghe_demo::data::needs()?;
    // Others may be half written.
    let mut told = told.iter().filter(|need| need.state == State::Forwarded).cycle();
    let mut dice = Dice::new();
    let draft = |_| {
        let told = told.next().context("the demonstration has no needs")?;
        let theme = dice.one_of(&THEMES);
        Ok(typed(&mut dice, told, theme))
    };
    (0..count).map(draft).collect()
}

/// Of twenty needs twelve have arrived, four wait for their district, three are returned, one is withdrawn.
const fn state(nth: u32) -> State {
    match nth % 20 {
        0..12 => State::Forwarded,
        12..16 => State::Submitted,
        16..18 => State::Returned,
        18 => State::ReturnedByDistrict,
        _ => State::Withdrawn,
    }
}

fn typed(dice: &mut Dice, told: &Told, theme: &str) -> NeedDraft {
    let indicators = told.indicators.iter().map(|it| IndicatorDraft {
        name: it.name.clone(),
        unit: it.unit.clone(),
        baseline: it.baseline.to_string(),
        target: it.target.to_string(),
    });
    NeedDraft {
        title: title(dice, theme),
        title_en: told.title_en.clone(),
        measures: told.measures.clone(),
        forms: told.forms.clone(),
        other_form: String::new(),
        stages: told.stages.clone(),
        students: told.students.to_string(),
        teachers: told.teachers.to_string(),
        background: prose(dice, theme, 6),
        goals: prose(dice, theme, 6),
        benefit: prose(dice, theme, 4),
        indicators: indicators.collect(),
        university: told.university.clone().unwrap_or_default(),
        discipline: told.discipline.clone().unwrap_or_default(),
        budget: told.budget_yuan.to_string(),
        own: told.own_yuan.to_string(),
        period: told.period.clone(),
        contact_name: "王老师".to_owned(),
        contact_phone: "0531-00000000".to_owned(),
    }
}

/// An id that the world of the demonstration does not have: of a kind, counted.
fn id(kind: u128, nth: usize) -> Result<Uuid> {
    Ok(Uuid::from_u128((kind << 96) + u128::try_from(nth)?))
}
