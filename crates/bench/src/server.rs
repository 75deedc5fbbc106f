//! Servers that are started to be measured, and stopped afterwards.

use crate::cpu::{Processes, parent};
use crate::data::World;
use crate::load::{Connection, Target, get};
use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to its first answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server of its own process, stopped when it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) target: Target,
    /// From the start of the process to its first answer.
    pub(crate) took: Duration,
}

impl Server {
    /// `ronghed` on the data, without limits: the loop comes from one address.
    pub(crate) async fn ours(program: &Path, world: &World) -> Result<Self> {
        let mut command = Command::new(program);
        command.args([
            "serve",
            "--demo",
            "--metrics",
            "127.0.0.1:0",
            "--mail",
            "off",
            "--log-level",
            "error",
        ]);
        command.args(["--requests-per-minute", "0", "--writes-per-minute", "0"]);
        // The tests' PostgreSQL is fast rather than safe; its floor runs on the same.
        command.arg("--may-lose-data");
        command.arg("--key").arg(world.folder().join("key"));
        command.arg("--files").arg(world.folder().join("files"));
        Self::start(command, world, "/").await
    }

    /// The bare server on the same database.
    pub(crate) async fn floor(world: &World) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe().context("cannot find this program")?);
        command.arg("serve-floor");
        Self::start(command, world, "/list").await
    }

    async fn start(mut command: Command, world: &World, first: &str) -> Result<Self> {
        // Free at this moment; nobody else on the machine waits for this very one.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        command.args(["--database", world.url()]).arg("--listen").arg(address.to_string());
        command.current_dir(world.folder()).stdin(Stdio::null()).stdout(Stdio::null());
        let began = Instant::now();
        let child = command.spawn().context("cannot start a server")?;
        let processes = Processes { server: child.id(), database: world.database_process() };
        let mut server = Self { child, target: Target { address, processes }, took: Duration::ZERO };
        while !server.answers(address, first).await {
            if let Some(status) = server.child.try_wait()? {
                bail!("a server ended with {status}");
            }
            if began.elapsed() > PATIENCE {
                bail!("a server gives no answer");
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.took = began.elapsed();
        Ok(server)
    }

    async fn answers(&self, address: SocketAddr, path: &str) -> bool {
        let Ok(mut connection) = Connection::open(address).await else { return false };
        let Ok(request) = get(path) else { return false };
        connection.send(request).await.is_ok_and(|answer| answer.status == 200)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // There is nothing to be done where it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// PostgreSQL's first process, by one of its connections.
pub(crate) fn first_process(connection: i32) -> Result<u32> {
    parent(u32::try_from(connection)?)
}
