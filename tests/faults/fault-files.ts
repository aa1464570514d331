import fs from 'node:fs';
import path from 'node:path';

// How a test talks to its workers: files in one folder, because the worker may be killed at any instant.

const planFile = (folder: string) => path.join(folder, 'plan');
const stepsFile = (folder: string) => path.join(folder, 'steps');
const clockFile = (folder: string) => path.join(folder, 'clock');
const killedFile = (folder: string) => path.join(folder, 'killed');

/** Plans hold the text of a pattern; this one stands for every step at which none has died yet. */
const EVERYWHERE = 'everywhere';

const read = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

function write(file: string, text: string): void {
  // Renamed into place: nobody reads half of it.
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}

/** The next worker that comes to such a step dies there. */
export const planKill = (folder: string, step: RegExp): void => write(planFile(folder), step.source);
/** Until the plan is dropped a worker dies at each step to which one comes for the first time under such a plan. */
export const planKillEverywhere = (folder: string): void => write(planFile(folder), EVERYWHERE);
/** The steps at which one died under such a plan. */
export const killedAt = (folder: string): string[] => read(killedFile(folder)).split('\n').filter(Boolean);
export const dropPlan = (folder: string): void => fs.rmSync(planFile(folder), { force: true });
/** Whether the plan is still to be carried out. */
export const isPlanned = (folder: string): boolean => fs.existsSync(planFile(folder));
export const stepsSeen = (folder: string): string[] => [
  ...new Set(read(stepsFile(folder)).split('\n').filter(Boolean)),
];

/** Sets the machine's clock, as all processes of one test see it, off by so many milliseconds. */
export const setClockOff = (folder: string, milliseconds: number): void =>
  write(clockFile(folder), String(milliseconds));
export const clockOff = (folder: string): number => Number(read(clockFile(folder)) || 0);

/** Called by a worker at each step: writes new ones down, and dies where the plan says so. */
export function stepKeeper(folder: string): (step: string) => void {
  const known = new Set<string>();
  return (step) => {
    if (!known.has(step)) fs.appendFileSync(stepsFile(folder), `${step}\n`);
    known.add(step);
    const plan = read(planFile(folder));
    if (plan === '') return;
    if (plan === EVERYWHERE) {
      if (killedAt(folder).includes(step)) return;
      fs.appendFileSync(killedFile(folder), `${step}\n`);
    } else {
      if (!new RegExp(plan).test(step)) return;
      // Only one worker carries out the plan.
      fs.renameSync(planFile(folder), `${planFile(folder)}.done`);
    }
    process.kill(process.pid, 'SIGKILL');
  };
}
