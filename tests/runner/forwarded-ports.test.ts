/** Ports of the host that a network opens: those that are left to the host are chosen, and named by those of the guest. */
import { createServer } from "node:net";
import test from "ava";
import { withPorts } from "../../src/run/images/ports.js";

test("a port that is left to the host is one that is free", async (t) => {
  const { hardware, ports } = await withPorts({
    networks: ["user,hostfwd=tcp::0-:80,hostfwd=udp:127.0.0.1:5353-10.0.2.15:53,model=e1000", "tap"],
  });
  const port = ports.get("80") ?? 0;
  t.true(port > 0 && port < 65_536);
  t.is(ports.get("53"), 5353);
  t.deepEqual(hardware?.networks, [
    `user,hostfwd=tcp::${String(port)}-:80,hostfwd=udp:127.0.0.1:5353-10.0.2.15:53,model=e1000`,
    "tap",
  ]);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  server.close();
});

test("what is no such rule stays as it is", async (t) => {
  const networks = ["user,hostfwd=tcp:0-80,hostfwd=unix:/x-y", "user"];
  t.deepEqual((await withPorts({ networks })).hardware, { networks });
  t.is((await withPorts(undefined)).hardware, undefined);
  t.is((await withPorts({ cpus: 2 })).ports.size, 0);
});
