//! The memory twin keeps the promises of the ports, by the same checks as IndexedDB in `tests/browser`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a helper of tests is a test")]

#[path = "support/store_suite.rs"]
mod store_suite;

use std::{
    future::Future,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use store_suite::{Shelf, keeps_its_promises};
use temoin::{
    evidence::Digest,
    port::{
        BlobStore, CaseStore,
        memory::{MemoryPorts, World},
    },
};

struct Memory {
    world: Rc<World>,
    ports: MemoryPorts,
}

impl Shelf for Memory {
    fn cases(&self) -> &impl CaseStore {
        &self.ports
    }

    fn blobs(&self) -> &impl BlobStore {
        &self.ports
    }

    async fn spoil(&self, digest: &Digest, bytes: &[u8]) {
        self.world.blobs.borrow_mut().insert(*digest, bytes.to_vec());
    }
}

#[test]
fn the_memory_twin_keeps_the_promises_of_the_ports() {
    let world = Rc::new(World::default());
    let memory = Memory { ports: MemoryPorts::new(world.clone(), 1), world };
    let done = pin!(keeps_its_promises(&memory, "memory")).poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(done, Poll::Ready(()));
}
