// SPDX-License-Identifier: BSD-3-Clause
//! Suites in Rust, and how the macros of `uktest` judge what is true; what is
//! red on purpose is made up by tests/guest/rust.test.ts.
#![no_std]

mod ring;

use ring::{Full, Ring};
use uktest::{expect, expect_eq, require, require_eq};

uktest::case!(rust_ring, first_in_first_out, {
    let mut ring = Ring::<4>::new();

    for byte in 1..=3 {
        require_eq!(ring.push(byte), Ok(()));
    }
    expect_eq!(ring.pop(), Some(1));
    expect_eq!(ring.pop(), Some(2));
    expect_eq!(ring.pop(), Some(3));
    expect_eq!(ring.pop(), None);
});

uktest::case!(rust_ring, full, "a full ring takes nothing", {
    let mut ring = Ring::<2>::new();

    require!(ring.push(7).is_ok() && ring.push(8).is_ok());
    expect_eq!(ring.push(9), Err(Full));
    expect_eq!(ring.pop(), Some(7));
});

uktest::case!(rust_ring, goes_round, {
    let mut ring = Ring::<3>::new();

    for byte in 0..200u8 {
        assert_eq!(ring.push(byte), Ok(()));
        assert_eq!(ring.pop(), Some(byte));
    }
    expect!(ring.pop().is_none());
});

uktest::suite!(rust_ring);

uktest::case!(rust_language, closures_and_iterators, {
    let double = |n: u32| n * 2;

    expect_eq!((1..=4).map(double).sum::<u32>(), 20);
});

uktest::case!(rust_language, floats, {
    let third = 1.0f64 / 3.0;

    expect!(third > 0.333 && third < 0.334);
});

uktest::case!(rust_language, slices_compare, {
    expect_eq!("guest".as_bytes(), b"guest");
    expect_eq!(["a", "b"], ["a", "b"]);
});

uktest::case!(rust_language, skipped, {
    uktest::skip!("there is no {} here", "std");
});

uktest::suite!(rust_language);
