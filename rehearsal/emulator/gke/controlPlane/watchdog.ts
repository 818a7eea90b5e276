/**
 * A shell script that runs one process and kills it as soon as its own standard input ends. The
 * other end of that pipe is held by the daemon alone, so the kernel closes it whatever way the
 * daemon ends, SIGKILL included: nothing is left behind.
 *
 * Arguments: pid file, program, its arguments. Exit code: the program's (128 + signal if killed).
 * The kill is a SIGKILL because an API server asked politely waits 60 s for its watchers
 * (measured); all state is in etcd, whose log survives a kill of the process.
 */
export const WATCHDOG = `
exec 3<&0 </dev/null
pidfile=$1
shift
"$@" 3<&- &
child=$!
echo "$child" >"$pidfile"
{ read -r _ <&3; kill -KILL "$child"; } 2>/dev/null &
guard=$!
exec 3<&-
wait "$child"
code=$?
kill "$guard" 2>/dev/null
rm -f "$pidfile"
exit "$code"
`;
