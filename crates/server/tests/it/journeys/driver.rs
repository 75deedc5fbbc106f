//! A person at a browser: opens, clicks, types, sees; and axe, which sees what a person may not.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// Chromium's driver; it ends with the test, also with one that failed.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A person at a browser of a given width, reading in a language.
pub(crate) struct Person {
    driver: WebDriver,
    base: String,
    pub(crate) english: bool,
    pub(crate) narrow: bool,
    /// Links, buttons and choices that were activated since the journey began.
    clicks: AtomicUsize,
    _process: Driver,
    profile: TempDir,
}

/// Where the browser saves files, in its profile.
const SAVED: &str = "saved";

fn tool(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run the tests by `cargo xtask test`"))
}

/// A browser with this profile. On a busy machine Chromium may end as it starts: it is started again.
async fn browser(port: u16, profile: &Path) -> WebDriver {
    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(&tool("RONGHE_TEST_CHROMIUM")).unwrap();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ] {
        wanted.add_arg(argument).unwrap();
    }
    wanted.add_arg(&format!("--user-data-dir={}", profile.display())).unwrap();
    let driver = format!("http://127.0.0.1:{port}");
    let mut tries = 0;
    loop {
        tries += 1;
        match WebDriver::new(&driver, wanted.clone()).await {
            Ok(driver) => return driver,
            Err(error) => assert!(tries < 3, "no browser after {tries} tries: {error}"),
        }
    }
}

impl Person {
    /// Sits down at `base`.
    pub(crate) async fn at(base: &str, narrow: bool, english: bool) -> Self {
        // The driver is spoken to by plain HTTP; the client still wants to know which cryptography it would use.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut process = Command::new(tool("RONGHE_TEST_CHROMEDRIVER"))
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let port = line.split("started successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let driver = browser(port.unwrap(), profile.path()).await;
        let (width, height) = if narrow { (390, 844) } else { (1440, 900) };
        let size =
            serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": narrow });
        driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
        let saves = serde_json::json!({ "behavior": "allow", "downloadPath": profile.path().join(SAVED) });
        driver.cdp().send_raw("Browser.setDownloadBehavior", saves).await.unwrap();
        Self {
            driver,
            base: base.to_owned(),
            english,
            narrow,
            clicks: AtomicUsize::new(0),
            _process: Driver(process),
            profile,
        }
    }

    /// The words in this person's language.
    pub(crate) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.english { en } else { zh }
    }

    /// From here on clicks are counted.
    pub(crate) fn begin(&self) {
        self.clicks.store(0, Ordering::Relaxed);
    }

    /// The journey took as many clicks as it may at most; typing and scrolling are none.
    pub(crate) fn within(&self, most: usize, journey: &str) {
        let clicks = self.clicks.load(Ordering::Relaxed);
        assert!(clicks <= most, "{journey} took {clicks} clicks, {most} are the budget");
    }

    /// Opens an address of the server.
    pub(crate) async fn open(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// Waits for what matches and is shown, and gives it. A page that is drawn anew meanwhile is looked at again.
    async fn find(&self, xpath: &str, what: &str) -> WebElement {
        for _ in 0..200 {
            for element in self.driver.find_all(By::XPath(xpath)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{what} is not there; the page says:\n{}", self.text().await)
    }

    /// Waits until the page shows `words`.
    pub(crate) async fn see(&self, words: &str) {
        self.find(&format!("//body//*[contains(normalize-space(.),{})]", quoted(words)), words).await;
    }

    /// Waits until something is shown that a selector names: what only the wanted page has.
    pub(crate) async fn there(&self, css: &str) {
        for _ in 0..200 {
            if self.shows(css).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} is not there; the page says:\n{}", self.text().await)
    }

    /// Waits until the page no longer shows `words`.
    pub(crate) async fn gone(&self, words: &str) {
        for _ in 0..200 {
            if !self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{words} is still there; the page says:\n{}", self.text().await)
    }

    /// Clicks on the link, button or choice that says `words`.
    pub(crate) async fn click(&self, words: &str) {
        let words_quoted = quoted(words);
        let xpath = format!(
            "//*[self::a or self::button or self::label or self::summary][contains(normalize-space(.),{words_quoted})]"
        );
        self.activate(words, async || Some(self.find(&xpath, words).await)).await;
    }

    /// Clicks on what a selector names.
    pub(crate) async fn press(&self, css: &str) {
        self.activate(css, async || {
            let query = self.driver.query(By::Css(css));
            query.wait(Duration::from_secs(20), Duration::from_millis(100)).first().await.ok()
        })
        .await;
    }

    /// Clicks on what `look` finds. Between looking and clicking the page may be drawn anew: then it looks again.
    async fn activate(&self, what: &str, look: impl AsyncFn() -> Option<WebElement>) {
        let mut refused = None;
        for _ in 0..50 {
            let Some(element) = look().await else { break };
            let clicked = async {
                element.scroll_into_view().await?;
                element.click().await
            };
            match clicked.await {
                Ok(()) => {
                    self.clicks.fetch_add(1, Ordering::Relaxed);
                    return;
                }
                Err(error) => refused = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{what} cannot be clicked: {refused:?}; the page says:\n{}", self.text().await)
    }

    /// Does something with the field with this name. Between finding it and that the page may be drawn anew: then it
    /// looks again.
    async fn touch(&self, name: &str, act: impl AsyncFn(WebElement) -> WebDriverResult<()>) {
        let xpath = format!("//*[@id='field-{name}']");
        let mut refused = None;
        for _ in 0..50 {
            match act(self.find(&xpath, name).await).await {
                Ok(()) => return,
                Err(error) => refused = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{name} cannot be filled in: {refused:?}; the page says:\n{}", self.text().await)
    }

    /// Sets the field with this name to a value at once, and tells the page by an event.
    async fn set(&self, name: &str, value: &str, event: &str) {
        let script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event(arguments[2], { bubbles: true }));";
        self.touch(name, async |field| {
            let arguments = vec![field.to_json()?, value.into(), event.into()];
            self.driver.execute(script, arguments).await.map(drop)
        })
        .await;
    }

    /// Chooses the option with this value in the list with this name, as a keyboard does.
    pub(crate) async fn pick(&self, name: &str, value: &str) {
        self.set(name, value, "change").await;
    }

    /// Types into the field with this name.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        self.touch(name, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Types behind what stands in the field that a selector names.
    pub(crate) async fn add(&self, css: &str, text: &str) {
        let field = self
            .driver
            .query(By::Css(css))
            .wait(Duration::from_secs(20), Duration::from_millis(100))
            .first()
            .await
            .unwrap();
        for letter in text.chars() {
            field.send_keys(letter.to_string()).await.unwrap();
        }
    }

    /// Presses the space bar on what a selector names: whoever fills a form in by keyboard chooses so.
    pub(crate) async fn tick(&self, css: &str) {
        let query = self.driver.query(By::Css(css));
        let found = query.wait(Duration::from_secs(20), Duration::from_millis(100)).first().await.unwrap();
        found.send_keys(" ").await.unwrap();
    }

    /// Puts a long text into a field at once, as pasting does.
    pub(crate) async fn paste(&self, name: &str, text: &str) {
        self.set(name, text, "input").await;
    }

    /// Chooses a file of this machine in the field with this name.
    pub(crate) async fn choose(&self, name: &str, file: &Path) {
        let file = file.to_str().unwrap();
        self.touch(name, async |field| field.send_keys(file).await).await;
    }

    /// From now on so many bytes go out in a second; none at all where the line is broken.
    pub(crate) async fn line(&self, bytes: Option<u32>) {
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", serde_json::json!({})).await.unwrap();
        let line = serde_json::json!({ "offline": bytes.is_none(), "latency": 0, "downloadThroughput": -1,
            "uploadThroughput": bytes.unwrap_or_default() });
        cdp.send_raw("Network.emulateNetworkConditions", line).await.unwrap();
    }

    /// A colleague at the same desk changes fields of the need whose form is open: each is a name and its text.
    pub(crate) async fn colleague(&self, fields: serde_json::Value) {
        let script = "const [fields, done] = arguments, [, , , name] = location.pathname.split('/'), to = `/api/v1/needs/${name}`;
            fetch(to).then(it => it.json()).then(need => fetch(`${to}/draft`, { method: 'PUT',
                headers: { 'content-type': 'application/json', 'if-match': need.version },
                body: JSON.stringify({ ...need.draft, ...fields }) })).then(it => done(it.status), it => done(String(it)))";
        let answer = self.driver.execute_async(script, vec![fields]).await.unwrap();
        assert_eq!(*answer.json(), 200);
    }

    /// What stands in the field that a selector names.
    pub(crate) async fn value(&self, css: &str) -> String {
        let field = self.driver.find(By::Css(css)).await.unwrap();
        field.value().await.unwrap().unwrap_or_default()
    }

    /// Where the first link leads that a selector names.
    pub(crate) async fn target(&self, css: &str) -> String {
        self.driver.find(By::Css(css)).await.unwrap().attr("href").await.unwrap().unwrap_or_default()
    }

    /// How much of the page matches a selector.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.driver.find_all(By::Css(css)).await.unwrap().len()
    }

    /// Waits until the keyboard is in what a selector names, and nothing around it is out of reach.
    pub(crate) async fn at_keyboard(&self, css: &str) {
        let script =
            "const at = document.activeElement; return at.matches(arguments[0]) && !at.closest('[inert]')";
        for _ in 0..100 {
            let there = self.driver.execute(script, vec![css.into()]).await.unwrap();
            if there.convert::<bool>().unwrap() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let at = self.driver.execute("return document.activeElement.outerHTML", Vec::new()).await.unwrap();
        panic!("the keyboard is not in {css} but in {}", at.json())
    }

    /// Presses a key where the keyboard is.
    pub(crate) async fn key(&self, key: impl Into<TypingData>) {
        self.driver.active_element().await.unwrap().send_keys(key).await.unwrap();
    }

    /// The session ends, as one does that is too old; the page does not know it yet.
    pub(crate) async fn lose_session(&self) {
        self.driver.delete_all_cookies().await.unwrap();
    }

    /// Everything that the page shows.
    pub(crate) async fn text(&self) -> String {
        let shown = self.driver.execute("return document.body.innerText", Vec::new()).await.unwrap();
        shown.convert().unwrap()
    }

    /// The path of the page.
    pub(crate) async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// What the first element says that a selector names.
    pub(crate) async fn text_of(&self, css: &str) -> String {
        self.driver.find(By::Css(css)).await.unwrap().text().await.unwrap()
    }

    /// Whether anything is shown that a selector names. What is drawn anew meanwhile is not.
    pub(crate) async fn shows(&self, css: &str) -> bool {
        for element in self.driver.find_all(By::Css(css)).await.unwrap_or_default() {
            if element.is_displayed().await.unwrap_or(false) {
                return true;
            }
        }
        false
    }

    /// From now on the server finds every list too long to be written while the person waits, until a page is loaded
    /// anew: no demonstration holds as many rows as that takes.
    pub(crate) async fn lists_are_long(&self) {
        let script = "const fetch = window.fetch; window.fetch = (asked, more) => {
            if (!(asked.url || String(asked)).includes('/needs/export')) return fetch(asked, more);
            const problem = { type: '/problems/refused', title: '', status: 409, detail: '', request_id: '',
                refusal: { code: 'long', most: 5000 } };
            const answer = new Response(JSON.stringify(problem), { status: 409 });
            return Promise.resolve(Object.defineProperty(answer, 'url', { value: asked.url })); }";
        self.driver.execute(script, Vec::new()).await.unwrap();
    }

    /// Waits for the file that the browser saves under a name that ends so, and gives what it holds.
    pub(crate) async fn saved(&self, end: &str) -> Vec<u8> {
        let folder = self.profile.path().join(SAVED);
        for _ in 0..200 {
            let files = std::fs::read_dir(&folder).into_iter().flatten().map(|file| file.unwrap().path());
            for file in files {
                if file.to_str().unwrap().ends_with(end) {
                    return std::fs::read(file).unwrap();
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no file ending in {end} was saved")
    }

    /// What the server answers to a plain request of the page.
    pub(crate) async fn status(&self, path: &str) -> u16 {
        let script = "const [path, done] = arguments; fetch(path).then(it => done(it.status), () => done(0))";
        let answer = self.driver.execute_async(script, vec![path.into()]).await.unwrap();
        answer.convert().unwrap()
    }

    /// From now on pages look as they do on paper, or on a screen again.
    pub(crate) async fn paper(&self, on: bool) {
        let media = serde_json::json!({ "media": if on { "print" } else { "" } });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await.unwrap();
    }

    /// The colour of the words that a selector names.
    pub(crate) async fn ink(&self, css: &str) -> String {
        let script = "return getComputedStyle(document.querySelector(arguments[0])).color";
        self.driver.execute(script, vec![css.into()]).await.unwrap().convert().unwrap()
    }

    /// The page as a printer gets it.
    pub(crate) async fn printed(&self) -> Vec<u8> {
        use base64::Engine as _;
        let pdf = self.driver.cdp().send_raw("Page.printToPDF", serde_json::json!({})).await.unwrap();
        base64::engine::general_purpose::STANDARD.decode(pdf["data"].as_str().unwrap()).unwrap()
    }

    /// Waits until nothing of the page is on its way.
    async fn settled(&self) {
        let script = "return !document.querySelector('main [aria-busy=true]')";
        for _ in 0..200 {
            let rests = self.driver.execute(script, Vec::new()).await;
            if rests.is_ok_and(|rests| rests.convert().unwrap()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{} is still loading", self.path().await)
    }

    /// Lets axe look at the page once all of it is there: nothing serious.
    pub(crate) async fn accessible(&self) {
        self.settled().await;
        let script = std::fs::read_to_string(tool("RONGHE_TEST_AXE")).unwrap();
        self.driver.execute(&script, Vec::new()).await.unwrap();
        let run = "const done = arguments[arguments.length - 1]; axe.run({ resultTypes: ['violations'] })
            .then(found => done(found.violations
                .filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' | '))))";
        let found = self.driver.execute_async(run, Vec::new()).await.unwrap();
        let found: Vec<String> = found.convert().unwrap();
        assert_eq!(found, Vec::<String>::new(), "{}", self.path().await);
    }

    /// Nothing lies beyond the right edge.
    pub(crate) async fn fits(&self) {
        let script = "return document.documentElement.scrollWidth - window.innerWidth";
        let over: i64 = self.driver.execute(script, Vec::new()).await.unwrap().convert().unwrap();
        assert!(over <= 0, "{} is {over} px too wide", self.path().await);
    }

    /// Stands up.
    pub(crate) async fn leave(self) {
        self.driver.quit().await.unwrap();
    }
}

/// A string in XPath.
fn quoted(words: &str) -> String {
    assert!(!words.contains('"'), "{words}");
    format!("\"{words}\"")
}
