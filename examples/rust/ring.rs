// SPDX-License-Identifier: BSD-3-Clause
//! What is under test: a ring of bytes. It knows nothing of tests.

/// Full: nothing was pushed.
#[derive(Debug, PartialEq)]
pub struct Full;

/// A ring of `N` bytes.
pub struct Ring<const N: usize> {
    bytes: [u8; N],
    first: usize,
    used: usize,
}

impl<const N: usize> Ring<N> {
    pub const fn new() -> Self {
        Ring { bytes: [0; N], first: 0, used: 0 }
    }

    /// Puts a byte at the end.
    pub fn push(&mut self, byte: u8) -> Result<(), Full> {
        if self.used == N {
            return Err(Full);
        }
        self.bytes[(self.first + self.used) % N] = byte;
        self.used += 1;
        Ok(())
    }

    /// Takes the oldest byte.
    pub fn pop(&mut self) -> Option<u8> {
        if self.used == 0 {
            return None;
        }
        let byte = self.bytes[self.first];
        self.first = (self.first + 1) % N;
        self.used -= 1;
        Some(byte)
    }
}
