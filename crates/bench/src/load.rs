//! A loop of requests over connections that are kept: how many were answered, and how soon.

use crate::cpu::Processes;
use anyhow::{Context, Result, anyhow, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ETAG, HOST};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// A request as it is sent.
pub(crate) type Ask = Request<Full<Bytes>>;

/// What one connection asks, one after the other.
pub(crate) trait Script: Send {
    /// The next request.
    fn next(&mut self) -> Result<Ask>;

    /// Looks at the answer; by default every success will do.
    fn seen(&mut self, answer: &Answer) -> Result<()> {
        answer.hold()
    }
}

/// An answer with its body.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) etag: String,
    pub(crate) body: Bytes,
}

impl Answer {
    /// Fails where it is no success, with what the server said.
    pub(crate) fn hold(&self) -> Result<()> {
        if (200..400).contains(&self.status) {
            return Ok(());
        }
        bail!("the server answered {}: {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

/// A server that is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) processes: Processes,
}

/// What one load came to.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Load {
    /// Connections at once.
    pub(crate) concurrency: usize,
    /// Answers a second.
    pub(crate) rate: f64,
    /// Milliseconds within which half of the answers came.
    pub(crate) p50: f64,
    /// Milliseconds within which 99 of 100 came.
    pub(crate) p99: f64,
    /// Milliseconds of processor that an answer took, of server and database.
    pub(crate) cpu: f64,
}

impl Target {
    /// Lets every script ask on a connection of its own for so long.
    pub(crate) async fn load(&self, scripts: Vec<Box<dyn Script>>, time: Duration) -> Result<Load> {
        let concurrency = scripts.len();
        let mut connections = Vec::new();
        for script in scripts {
            connections.push((Connection::open(self.address).await?, script));
        }
        let before = self.processes.time()?;
        let began = Instant::now();
        let mut running = JoinSet::new();
        for (connection, script) in connections {
            running.spawn(ask(connection, script, began + time));
        }
        let mut times = Vec::new();
        for done in running.join_all().await {
            times.extend(done?);
        }
        let took = began.elapsed().as_secs_f64();
        let used = self.processes.time()?.saturating_sub(before);
        let answers = f64::from(u32::try_from(times.len())?);
        times.sort_unstable();
        Ok(Load {
            concurrency,
            rate: answers / took,
            p50: millis(quantile(&times, 50)),
            p99: millis(quantile(&times, 99)),
            cpu: millis(used) / answers.max(1.0),
        })
    }
}

async fn ask(
    mut connection: Connection,
    mut script: Box<dyn Script>,
    until: Instant,
) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    while Instant::now() < until {
        let request = script.next()?;
        let began = Instant::now();
        let answer = connection.send(request).await?;
        times.push(began.elapsed());
        script.seen(&answer)?;
    }
    Ok(times)
}

/// A connection that is kept.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("the server takes no connection")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: address.to_string() })
    }

    pub(crate) async fn send(&mut self, mut request: Ask) -> Result<Answer> {
        request.headers_mut().insert(HOST, self.host.parse()?);
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await.context("the server gave no answer")?;
        let etag = header(&response, ETAG);
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.map_err(|error| anyhow!(error))?.to_bytes();
        Ok(Answer { status, etag, body })
    }
}

fn header(response: &Response<hyper::body::Incoming>, name: hyper::header::HeaderName) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A request without a body.
pub(crate) fn get(path: &str) -> Result<Ask> {
    Ok(Request::get(path).body(Full::default())?)
}

/// Asks the same again and again.
pub(crate) struct Same {
    path: String,
    headers: Vec<(&'static str, String)>,
}

impl Same {
    pub(crate) fn scripts(
        count: usize,
        path: &str,
        headers: &[(&'static str, String)],
    ) -> Vec<Box<dyn Script>> {
        let one =
            || -> Box<dyn Script> { Box::new(Self { path: path.to_owned(), headers: headers.to_vec() }) };
        (0..count).map(|_| one()).collect()
    }
}

impl Script for Same {
    fn next(&mut self) -> Result<Ask> {
        let mut request = get(&self.path)?;
        for (name, value) in &self.headers {
            request.headers_mut().insert(*name, value.parse()?);
        }
        Ok(request)
    }
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The time within which so many of a hundred came; the times are sorted.
pub(crate) fn quantile(sorted: &[Duration], percent: usize) -> Duration {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Duration, quantile};

    #[test]
    fn quantiles_are_taken_from_above() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let check = |percent: usize, millis: u64| {
            assert_eq!(quantile(&times, percent), Duration::from_millis(millis), "{percent}");
        };
        check(50, 100);
        check(99, 198);
        check(100, 200);
        assert_eq!(quantile(&[], 50), Duration::ZERO);
        assert_eq!(quantile(&times[..1], 99), Duration::from_millis(1));
    }
}
