/**
 * Puts the clock of this process off by `MACHINE_CLOCK_HOURS`, before anything else of it is loaded
 * (`NODE_OPTIONS=--import`). Timers and durations go on as they were: it is the calendar that is wrong, as on a machine
 * whose clock was set badly.
 */
const off = Number(process.env.MACHINE_CLOCK_HOURS ?? 0) * 3_600_000;
const MachineDate = Date;
const now = (): number => MachineDate.now() + off;

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as),
  apply: () => new MachineDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

const machine = globalThis.Temporal?.Now;
if (machine) {
  const { instant: machineInstant, timeZoneId } = machine;
  const instant = () => machineInstant().add({ milliseconds: off });
  const zoned = (zone = timeZoneId()) => instant().toZonedDateTimeISO(zone);
  Object.assign(machine, {
    instant,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone?: string) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone?: string) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone?: string) => zoned(zone).toPlainTime(),
  });
}
