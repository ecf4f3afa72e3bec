/**
 * Control: a gate that asks its own process' clock whether the instant, given in milliseconds, has
 * come. It proves that the tests of clocks can fail.
 */
process.stdout.write(String(Date.now() >= Number(process.argv[2])))
