#!/usr/bin/env node
/** Entry of the command line: looks after Ctrl-C and the output streams first, then loads the program. */
import { watchInterrupts } from './interrupt.js';
import { watchOutput } from './output.js';

watchInterrupts();
watchOutput();
const { runProgram } = await import('./program.js');
process.exitCode = await runProgram(process.argv);
