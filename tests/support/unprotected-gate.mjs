/**
 * A control: a gate that asks its own process' clock whether the instant given as milliseconds has
 * come. It exists to prove that the tests of clocks can fail.
 */
process.stdout.write(String(Date.now() >= Number(process.argv[2])))
