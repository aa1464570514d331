import fs from 'node:fs';
import path from 'node:path';

// How a test talks to its workers: files in one folder, because the worker may be killed at any instant.

const planFile = (folder: string) => path.join(folder, 'plan');
const stepsFile = (folder: string) => path.join(folder, 'steps');
const clockFile = (folder: string) => path.join(folder, 'clock');

const read = (file: string): string => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

function write(file: string, text: string): void {
  // Renamed into place: nobody reads half of it.
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}

/** The next worker that comes to this step dies there. */
export const planKill = (folder: string, step: string): void => write(planFile(folder), step);
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
    if (read(planFile(folder)) !== step) return;
    // Only one worker carries out the plan.
    fs.renameSync(planFile(folder), `${planFile(folder)}.done`);
    process.kill(process.pid, 'SIGKILL');
  };
}
