//! Commands that are cut off while others run: at every point where one waits, it is carried out whole or not
//! at all, and its neighbours do not notice.

use ronghe_app::need::{self, Act, Moved};
use ronghe_app::once::{self, Answer};
use ronghe_app::{App, Caller, Command, Error, Tx};
use ronghe_domain::audit::Via;
use ronghe_domain::need::{Need, State};
use ronghe_testkit::proofs::{AWAITS, is_whole};
use ronghe_testkit::{TODAY, TestDb, db_test, filers, need_draft, world};
use std::any::Any;
use std::cell::Cell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use tokio::task::JoinHandle;

/// Schools that command without a pause meanwhile.
const LOAD: usize = 4;

/// When a command is let go.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// While what it waits for is under way.
    Waiting,
    /// Once that is there, and before it is looked at.
    Woken,
    /// Right behind a statement, though its answer came without a wait.
    Behind,
}

thread_local! {
    /// So many statements of the command that is being polled are let pass.
    static FUSE: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Told each statement; ends the command whose fuse has burnt down.
fn burn(_: &str) {
    match FUSE.take() {
        Some(0) => resume_unwind(Box::new("cut")),
        left => FUSE.set(left.map(|left| left - 1)),
    }
}

/// Lets a command wait, or send statements, so many times, then drops it; gives back what it came to, if it
/// came to an end.
async fn cut<F: Future>(command: F, times: usize, when: Cut) -> Option<F::Output> {
    let mut command = pin!(command);
    let (mut waited, mut fuse) = (0, matches!(when, Cut::Behind).then_some(times));
    poll_fn(|context| {
        let is_over = |waited: usize| !matches!(when, Cut::Behind) && waited > times;
        if is_over(waited) {
            return Poll::Ready(None);
        }
        FUSE.set(fuse);
        let polled = catch_unwind(AssertUnwindSafe(|| command.as_mut().poll(context)));
        fuse = FUSE.take();
        let Ok(polled) = polled else { return Poll::Ready(None) };
        waited += usize::from(polled.is_pending());
        if is_over(waited) && matches!(when, Cut::Waiting) {
            return Poll::Ready(None);
        }
        polled.map(Some)
    })
    .await
}

/// The same person with a key, under which an answer is kept.
fn under(caller: &Caller, key: &str) -> Caller {
    let render = |value: &(dyn Any + Send)| {
        let body = value.downcast_ref::<Moved>()?.need.name().to_string();
        Some(Answer { request: "cut".into(), status: 200, body, etag: String::new() })
    };
    caller.clone().with_command(Some(Command { key: key.to_owned(), render: Arc::new(render) }))
}

async fn begun(app: &App, school: &Caller) -> Need {
    need::start(app, school, &TODAY.year().to_string(), &need_draft()).await.unwrap()
}

async fn act(app: &App, school: &Caller, need: &Need, act: Act) -> Result<Moved, Error> {
    need::act(app, school, &need.name().to_string(), act, need.version).await
}

/// One school that submits and withdraws until it is told to stop; says how often.
fn busy(app: &App, school: &Caller, stop: &Arc<AtomicBool>) -> JoinHandle<usize> {
    let (app, school, stop) = (app.clone(), school.clone(), Arc::clone(stop));
    tokio::spawn(async move {
        let mut done = 0;
        while !stop.load(Ordering::Relaxed) {
            let need = begun(&app, &school).await;
            let sent = act(&app, &school, &need, Act::Submit).await.unwrap().need;
            act(&app, &school, &sent, Act::Withdraw).await.unwrap();
            done += 1;
        }
        done
    })
}

db_test!(a_command_cut_at_any_await_is_done_whole_or_not_at_all, |test: TestDb| async move {
    let test = test.watched(burn);
    let app = world(&test).await;
    let accounts = filers(&app).await;
    let mut schools = accounts.iter().map(|account| Caller::at_console(account.actor(), "test"));
    let school = schools.next().unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let load: Vec<_> = schools.take(LOAD).map(|school| busy(&app, &school, &stop)).collect();
    assert_eq!(load.len(), LOAD);
    let mut cuts = 0;
    for when in [Cut::Waiting, Cut::Woken, Cut::Behind] {
        for times in 0.. {
            let need = begun(&app, &school).await;
            let key = format!("{when:?} {times}");
            let done = cut(act(&app, &under(&school, &key), &need, Act::Submit), times, when).await;
            // One that was let go behind its commit is done a moment later; a command behind it comes after it.
            let behind = act(&app, &school, &need, Act::Withdraw).await;
            let now = need::show(&app, &school, &need.name().to_string()).await.unwrap().need;
            let is_sent = now.seq.is_some();
            assert_eq!(is_sent, behind.is_err(), "{when:?} {times}: {behind:?}");
            let answer = once::answered(&app, &school, &key).await.unwrap();
            assert_eq!(answer.is_some(), is_sent, "{when:?} {times}: its answer goes with it");
            if is_sent {
                assert_eq!(now.state, State::Submitted);
                act(&app, &school, &now, Act::Withdraw).await.unwrap();
            }
            if let Some(done) = done {
                assert!(done.is_ok() && is_sent, "{when:?} {times}: {done:?}");
                break;
            }
            cuts += 1;
        }
    }
    stop.store(true, Ordering::Relaxed);
    for one in load {
        assert!(one.await.unwrap() > 0, "a neighbour came to nothing");
    }
    is_whole(&app).await;
    AWAITS.reached(cuts);
});

db_test!(a_command_that_panics_harms_no_neighbour, |test: TestDb| async move {
    let app = world(&test).await;
    let accounts = filers(&app).await;
    let schools = accounts.iter().map(|account| Caller::at_console(account.actor(), "test"));
    let schools: Vec<_> = schools.take(LOAD).collect();
    let mut needs = Vec::new();
    for school in &schools {
        needs.push((school.clone(), begun(&app, school).await));
    }
    let panics = |app: App| async move {
        let system = Caller::system(Via::System, "test");
        app.write(&system, |tx: Tx| async move {
            ronghe_store::setting::insert(tx.db(), "half", "done").await?;
            if tx.now() > ronghe_domain::kernel::Instant::MIN {
                panic!("in the middle of a command");
            }
            Ok(())
        })
        .await
    };
    let mut running = Vec::new();
    for (school, need) in needs {
        running.push(tokio::spawn(panics(app.clone())));
        let app = app.clone();
        let sent = async move { act(&app, &school, &need, Act::Submit).await.map(|_| ()) };
        running.push(tokio::spawn(sent));
    }
    for (nth, one) in running.into_iter().enumerate() {
        let done = one.await;
        assert_eq!(done.is_err_and(|error| error.is_panic()), nth % 2 == 0, "the {nth}th");
    }
    assert_eq!(ronghe_store::setting::get(app.db().reader(), "half").await.unwrap(), None);
    is_whole(&app).await;
});
