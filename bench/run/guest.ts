/**
 * An emulator that notes when its guest says its last byte: it replays a console itself, or passes on what the real one
 * says. It stands in front of the real one in PATH.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = String.raw`
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char buffer[1 << 16];

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* The time is taken before the bytes go: whoever reads them is never too early. */
static double say(const char *bytes, size_t length)
{
	double before = now();

	while (length > 0) {
		ssize_t said = write(1, bytes, length);

		if (said <= 0)
			exit(1);
		bytes += said;
		length -= said;
	}
	return before;
}

static void note(double last)
{
	static int file = -1;
	char text[32];

	if (file < 0)
		file = open(getenv("BENCH_NOTE"), O_CREAT | O_TRUNC | O_WRONLY, 0600);
	if (pwrite(file, text, snprintf(text, sizeof(text), "%.6f", last), 0) < 0)
		exit(1);
}

static int replay(const char *path)
{
	int file = open(path, O_RDONLY);
	ssize_t length = read(file, buffer, sizeof(buffer)), body;
	struct timespec working = { 0, 60000000 };
	const char *end = memmem(buffer, length, "uktest:end", 10);

	/* The word that ends the tests, and all after it, comes last. */
	body = end ? end - buffer : length - 2;
	while (body > 0 && buffer[body - 1] != '\n')
		body--;
	say(buffer, body);
	nanosleep(&working, NULL);
	note(say(buffer + body, length - body));
	/* The code with which a guest of the kit ends well. */
	_exit(33);
}

int main(int argc, char *argv[])
{
	int pipes[2], status;
	ssize_t length;

	(void)argc;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getenv("BENCH_CONSOLE"))
		return replay(getenv("BENCH_CONSOLE"));
	if (pipe(pipes))
		return 1;
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(pipes[1], 1);
		close(pipes[0]);
		close(pipes[1]);
		execv(getenv("BENCH_EMULATOR"), argv);
		_exit(127);
	}
	close(pipes[1]);
	while ((length = read(pipes[0], buffer, sizeof(buffer))) > 0)
		note(say(buffer, length));
	wait(&status);
	return WEXITSTATUS(status);
}
`;

export interface NotedEmulator {
  /** To stand in PATH. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** When the last byte went, on the clock of `performance.now()`. */
  readonly lastByteMs: () => number;
}

/** The first call of `now` loads something, so it is not the one that counts. */
performance.now();
/** How far this process's clock is after the system's: both are monotonic, and begin at different times. */
const offsetMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Builds the emulator in a folder. */
export function notedEmulator(folder: string, real: string): NotedEmulator {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const source = join(folder, "guest.c");
  const note = join(folder, "note");
  writeFileSync(source, SOURCE);
  execFileSync("gcc", ["-O2", "-Wall", source, "-o", join(bin, "qemu-system-x86_64")]);
  return {
    folder: bin,
    env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, BENCH_NOTE: note, BENCH_EMULATOR: real },
    lastByteMs: () => Number(readFileSync(note, "latin1")) - offsetMs,
  };
}
