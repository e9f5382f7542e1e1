/** Packets of the GDB remote protocol: what lets a target run, what ends that, what is said in its place. */
import test from "ava";
import {
  atEndOfLog,
  backwards,
  bytesOf,
  exited,
  hexOf,
  isEnd,
  isKill,
  isResume,
  isStop,
  isTrap,
  isWatch,
  monitorCommand,
  output,
  pointOf,
  signalled,
  stoppedBy,
  watchedIn,
  withFeature,
} from "../../src/rsp/packets.js";

test("what lets the target run", (t) => {
  for (const packet of ["c", "s", "cabcd", "C05", "S0b;1000", "vCont;c", "vCont;s:1;c", "bc", "bs"])
    t.true(isResume(packet), packet);
  for (const packet of [
    "vCont?",
    "?",
    "g",
    "m0,4",
    "qC",
    "Hc-1",
    "",
    "D",
    "vKill;1",
    "bsomething",
    "cut",
    "C5",
  ])
    t.false(isResume(packet), packet);
});

test("what says that it stopped, or ended", (t) => {
  for (const packet of ["T05thread:01;", "S05", "W00", "X06", "T0bwatch:1000;"])
    t.true(isStop(packet), packet);
  for (const packet of ["OK", "", "E14", "O41", "QC1", "m1", "1"]) t.false(isStop(packet), packet);
  t.deepEqual(["W00", "X06", "T05", "S05", "OK"].map(isEnd), [true, true, false, false, false]);
  t.deepEqual(["k", "vKill;1", "c", "kk"].map(isKill), [true, true, false, false]);
});

test("what is said in the target's place", (t) => {
  t.is(output(Buffer.from("a\n")), "O610a");
  t.deepEqual([exited(0), exited(16), exited(0x1ff), signalled(6)], ["W00", "W10", "Wff", "X06"]);
  t.is(withFeature("PacketSize=1000", "QStartNoAckMode+"), "PacketSize=1000;QStartNoAckMode+");
  t.is(withFeature("", "QStartNoAckMode+"), "QStartNoAckMode+");
});

test("hexadecimal digits, both ways", (t) => {
  t.is(hexOf(Buffer.from([0, 0xff, 0x7e]).subarray(1)), "ff7e");
  t.deepEqual(bytesOf("ff7E"), Buffer.from([0xff, 0x7e]));
  for (const bad of ["f", "0g", "0x00"]) t.is(bytesOf(bad), undefined, bad);
  t.is(monitorCommand(`qRcmd,${Buffer.from("help me").toString("hex")}`), "help me");
  t.is(monitorCommand("qRcmd,zz"), undefined);
  t.is(monitorCommand("qC"), undefined);
});

test("what goes back, and what a replay says of its ends", (t) => {
  t.is(backwards("bc"), "continue");
  t.is(backwards("bs"), "step");
  for (const packet of ["b", "bcx", "c", "vCont;c"]) t.is(backwards(packet), undefined, packet);
  t.is(atEndOfLog("begin"), "T05replaylog:begin;");
  t.is(atEndOfLog("end"), "T05replaylog:end;");
  t.true(isStop(atEndOfLog("end")));
  t.is(stoppedBy(2), "T02thread:01;");
});

test("a stop of a watchpoint, of a breakpoint, of Ctrl-C", (t) => {
  for (const reply of ["T05thread:01;watch:1000;", "T05rwatch:1000;thread:01;", "T05thread:p01.01;awatch:8;"])
    t.true(isTrap(reply) && isWatch(reply), reply);
  t.true(isTrap("T05thread:01;"));
  t.false(isTrap("T02thread:01;"));
  for (const reply of ["T05thread:01;", "T05swbreak:;", "OK", "watch:1;"]) t.false(isWatch(reply), reply);
  t.is(watchedIn("T05thread:01;rwatch:000000000014063c;"), 0x14063c);
  t.is(watchedIn("T05rwatch:1000;thread:01;"), 0x1000);
  for (const reply of [
    "T05thread:01;",
    "T05watch:;",
    "T05watch:12",
    `T05watch:${"1".repeat(17)};`,
    "watch:1;",
  ])
    t.is(watchedIn(reply), undefined, reply);
});

test("breakpoints and watchpoints, set and removed", (t) => {
  t.deepEqual(pointOf("Z0,1082a9,1"), { isSet: true, point: "0,1082a9,1" });
  t.deepEqual(pointOf("z2,18eb20,4"), { isSet: false, point: "2,18eb20,4" });
  for (const packet of ["Z9,1,1", "Z", "m1000,4", "z0"]) t.is(pointOf(packet), undefined, packet);
});
