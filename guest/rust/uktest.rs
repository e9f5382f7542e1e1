// SPDX-License-Identifier: BSD-3-Clause
//! Suites in Rust: `case!` puts functions into the test table of the image, in
//! the layout of `uk/test/record.h`, and macros assert through the functions of
//! the C library. Without `std` and `alloc`; the guest judges, nothing here does.
#![no_std]

use core::cell::UnsafeCell;
use core::fmt::{self, Write};

/// What the macros use by name; suites use none of it.
#[doc(hidden)]
pub mod table {
    use core::cell::UnsafeCell;

    /// `struct uk_assert`: a status and a line. The guest writes the status.
    #[repr(C, align(2))]
    pub struct Entry(UnsafeCell<[u16; 2]>);

    unsafe impl Sync for Entry {}

    impl Entry {
        pub const fn header(line: u32) -> Self {
            Entry(UnsafeCell::new([0xffff, line as u16]))
        }

        pub const fn new(line: u32) -> Self {
            Entry(UnsafeCell::new([0, line as u16]))
        }
    }

    /// `struct _uk_test_at`: where an assertion stands, and what it ends.
    #[repr(C)]
    pub struct At {
        pub entry: *const Entry,
        pub file: *const u8,
        pub line: u32,
        pub kind: u32,
    }

    pub const CONTINUE: u32 = 0;
    pub const FATAL: u32 = 1;

    /// `struct uk_testcase`.
    #[repr(C, packed)]
    pub struct Case {
        pub name: *const u8,
        pub desc: *const u8,
        pub func: extern "C" fn(*mut Case),
        pub asserts: *const Entry,
        pub file: *const u8,
    }

    unsafe impl Sync for Case {}

    /// `struct uk_testsuite`; the guest counts in its last field.
    #[repr(C, packed)]
    pub struct Suite {
        pub name: *const u8,
        pub init: Option<extern "C" fn(*mut Suite) -> i32>,
        pub cases_end: *const [Case; 0],
        pub failed: UnsafeCell<u32>,
    }

    unsafe impl Sync for Suite {}

    /// A step of the boot, in the init table.
    #[repr(transparent)]
    pub struct Step(pub extern "C" fn(*mut u8) -> i32);

    extern "C" {
        pub fn uk_testsuite_run(suite: *const Suite) -> i32;
    }
}

extern "C" {
    fn _uk_test_msg(at: *const table::At, is_true: i32, fmt: *const u8, ...);
    fn _uk_test_skip(fmt: *const u8, ...) -> !;
    fn abort() -> !;
}

/// A text for C, cut where it is too long.
struct Text {
    bytes: [u8; 256],
    used: usize,
}

impl Text {
    fn of(words: fmt::Arguments) -> Self {
        let mut text = Text { bytes: [0; 256], used: 0 };
        let _ = text.write_fmt(words);
        text
    }

    fn as_ptr(&self) -> *const u8 {
        self.bytes.as_ptr()
    }
}

impl Write for Text {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        // The last byte stays 0.
        for &byte in words.as_bytes() {
            if self.used + 1 == self.bytes.len() {
                return Err(fmt::Error);
            }
            self.bytes[self.used] = byte;
            self.used += 1;
        }
        Ok(())
    }
}

/// Judges one assertion; the macros call it.
#[doc(hidden)]
pub fn judge(at: &table::At, is_true: bool, words: fmt::Arguments) {
    let text = Text::of(words);
    unsafe { _uk_test_msg(at, is_true as i32, b"%s\0".as_ptr(), text.as_ptr()) }
}

/// Ends the running case as skipped; `skip!` calls it.
#[doc(hidden)]
pub fn skip(words: fmt::Arguments) -> ! {
    let text = Text::of(words);
    unsafe { _uk_test_skip(b"%s\0".as_ptr(), text.as_ptr()) }
}

/// The core library of a host is built to unwind, and names this. Nothing calls
/// it: panics do not unwind.
#[no_mangle]
pub extern "C" fn rust_eh_personality() -> ! {
    unsafe { abort() }
}

struct PanicEntry(UnsafeCell<[u16; 2]>);

unsafe impl Sync for PanicEntry {}

#[link_section = ".uk_helpertab"]
static PANIC: PanicEntry = PanicEntry(UnsafeCell::new([0, 0]));

/// A panic fails the case in which it happens, at its own place, and ends it.
/// Outside of a case there is none to fail: the machine ends as crashed.
#[panic_handler]
fn panicked(info: &core::panic::PanicInfo) -> ! {
    let file = Text::of(format_args!("{}", info.location().map_or("?", |at| at.file())));
    let at = table::At {
        entry: PANIC.0.get() as *const table::Entry,
        file: file.as_ptr(),
        line: info.location().map_or(0, |at| at.line()),
        kind: table::FATAL,
    };
    let words = Text::of(format_args!("{}", info));
    // In front of the words stands the place, which is known already.
    let start = words.bytes.iter().position(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    unsafe {
        _uk_test_msg(&at, 0, b"panicked: %s\0".as_ptr(), words.bytes[start..].as_ptr());
        abort()
    }
}

/// Where a macro stands.
#[doc(hidden)]
#[macro_export]
macro_rules! __at {
    ($kind:ident) => {{
        #[link_section = ".uk_helpertab"]
        static ENTRY: $crate::table::Entry = $crate::table::Entry::new(line!());
        $crate::table::At {
            entry: &ENTRY,
            file: concat!(file!(), "\0").as_ptr(),
            line: line!(),
            kind: $crate::table::$kind,
        }
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __is {
    ($kind:ident, $is:expr) => {
        $crate::judge(&$crate::__at!($kind), $is, format_args!("expected `{}` to be true", stringify!($is)))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __eq {
    ($kind:ident, $left:expr, $right:expr) => {
        match (&$left, &$right) {
            (left, right) => $crate::judge(
                &$crate::__at!($kind),
                *left == *right,
                format_args!("expected `{}` to be {:?}, and it is {:?}", stringify!($left), right, left),
            ),
        }
    };
}

/// The condition is true; the case goes on where it is not.
#[macro_export]
macro_rules! expect {
    ($is:expr $(,)?) => { $crate::__is!(CONTINUE, $is) };
}

/// The left value is the right one; the case goes on where it is not.
#[macro_export]
macro_rules! expect_eq {
    ($left:expr, $right:expr $(,)?) => { $crate::__eq!(CONTINUE, $left, $right) };
}

/// The condition is true, or else the case ends. Nothing is dropped then.
#[macro_export]
macro_rules! require {
    ($is:expr $(,)?) => { $crate::__is!(FATAL, $is) };
}

/// The left value is the right one, or else the case ends. Nothing is dropped then.
#[macro_export]
macro_rules! require_eq {
    ($left:expr, $right:expr $(,)?) => { $crate::__eq!(FATAL, $left, $right) };
}

/// Ends the running case as skipped, with a reason as `format!` takes it.
#[macro_export]
macro_rules! skip {
    ($($words:tt)+) => { $crate::skip(format_args!($($words)+)) };
}

/// Registers a suite right before `main()`; its cases are those of `case!`, of all
/// crates and of C.
#[macro_export]
macro_rules! suite {
    ($suite:ident) => {
        core::arch::global_asm!(concat!(
            ".pushsection \".uk_testtab_", stringify!($suite), "~~\", \"aw\"\n",
            ".globl testsuite_run_", stringify!($suite), "__end\n",
            "testsuite_run_", stringify!($suite), "__end:\n",
            ".popsection\n",
        ));

        const _: () = {
            extern "C" {
                #[link_name = concat!("testsuite_run_", stringify!($suite), "__end")]
                static END: [$crate::table::Case; 0];
            }

            #[used]
            #[link_section = concat!(".uk_testtab_", stringify!($suite), "~")]
            #[export_name = concat!("testsuite_", stringify!($suite))]
            static SUITE: $crate::table::Suite = $crate::table::Suite {
                name: concat!(stringify!($suite), "\0").as_ptr(),
                init: None,
                cases_end: unsafe { core::ptr::addr_of!(END) },
                failed: core::cell::UnsafeCell::new(0),
            };

            #[export_name = concat!("testsuite_run_", stringify!($suite))]
            extern "C" fn run(_: *mut u8) -> i32 {
                unsafe { $crate::table::uk_testsuite_run(&SUITE) }
            }

            #[used]
            #[link_section = ".uk_inittab69"]
            #[export_name = concat!("__uk_inittab69_testsuite_run_", stringify!($suite), "_0x0")]
            static STEP: $crate::table::Step = $crate::table::Step(run);
        };
    };
}

/// Defines a case of a suite, with a description or without:
///
/// ```ignore
/// uktest::case!(ring, pushes, {
///     uktest::expect_eq!(Ring::new().push(1), Ok(()));
/// });
/// uktest::suite!(ring);
/// ```
#[macro_export]
macro_rules! case {
    ($suite:ident, $case:ident, $body:block) => {
        $crate::case!(@ $suite, $case, core::ptr::null(), $body);
    };
    ($suite:ident, $case:ident, $desc:literal, $body:block) => {
        $crate::case!(@ $suite, $case, concat!($desc, "\0").as_ptr(), $body);
    };
    (@ $suite:ident, $case:ident, $desc:expr, $body:block) => {
        const _: () = {
            #[link_section = ".uk_asserttab"]
            static HEADER: $crate::table::Entry = $crate::table::Entry::header(line!());

            #[export_name = concat!("_uk_testsuite_", stringify!($suite), "_case_", stringify!($case))]
            extern "C" fn $case(_: *mut $crate::table::Case) $body

            #[used]
            #[link_section = concat!(".uk_testtab_", stringify!($suite), "~", stringify!($case))]
            #[export_name = concat!("_uk_testtab_", stringify!($suite), "_", stringify!($case))]
            static CASE: $crate::table::Case = $crate::table::Case {
                name: concat!(stringify!($case), "\0").as_ptr(),
                desc: $desc,
                func: $case,
                asserts: &HEADER,
                file: concat!(file!(), "\0").as_ptr(),
            };
        };
    };
}
