import { setFlagsFromString } from 'node:v8';

/**
 * Has all threads that are started from now on tidy up sooner: left to itself each heap grows to several times of what it
 * needs before it does, and a blast took a gigabyte. It costs no more processor time that could be measured.
 */
export function keepHeapsSmall(): void {
  // By how much a heap may grow from one tidying to the next, and the megabytes of what is just made.
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--max-semi-space-size=8');
  // A heap that rests was tidied to the last byte: 150 ms in which nobody is answered.
  setFlagsFromString('--no-memory-reducer');
}
