import { type CommandLine, readArguments } from './arguments.ts';
import { createOutput, EXIT, type ExitCode, type Output } from './output.ts';

/*
 * `allstop`, the command line. Each command is loaded only when asked for, so that `stop` starts with next to nothing.
 */
async function run(): Promise<ExitCode> {
  // What it writes into the data folder is for its owner alone.
  process.umask(0o077);
  const line = readArguments(process.argv.slice(2), process.env, process.cwd);
  const output = createOutput(line);
  if (line.wantsHelp || line.command === '') {
    const { HELP } = await import('./help.ts');
    if (line.wantsHelp) process.stdout.write(HELP[line.language]);
    else output.warn(HELP);
    return line.wantsHelp ? EXIT.done : EXIT.refused;
  }
  if (line.command === 'stop') return stopAnyhow(line, output);
  if (line.problem !== '') {
    const { HELP } = await import('./help.ts');
    output.warn(`${line.problem}\n\n${HELP[line.language]}`);
    output.json({ error: { code: 'bad-arguments', message: line.problem } });
    return EXIT.refused;
  }
  switch (line.command) {
    case 'status':
      return (await import('./status.ts')).status(line, output);
    case 'import':
      return (await import('./import.ts')).importCalendar(line, output);
    case 'import-accounts':
      return (await import('./import-accounts.ts')).importAccountsFile(line, output);
    case 'imports':
      return (await import('./past-imports.ts')).listImports(line, output);
    case 'undo-import':
      return (await import('./past-imports.ts')).undoImport(line, output);
    case 'export':
      return (await import('./export.ts')).exportToFile(line, output);
    case 'answers':
      return (await import('./answers.ts')).takeAnswersFile(line, output);
    case 'report':
      return (await import('./report.ts')).report(line, output);
    default:
      return (await import('./journal.ts')).verify(line, output);
  }
}

/** Whatever goes wrong, a stop that was not carried out says so. */
async function stopAnyhow(line: CommandLine, output: Output): Promise<ExitCode> {
  try {
    return await (await import('./stop.ts')).stop(line, output);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    output.warn(
      `THE STOP FAILED (${detail}). Delete the file "permit" in ${line.dataDir} and end All Stop. / L’ARRÊT A ÉCHOUÉ.`,
    );
    output.json({ state: 'failed', isDurable: false, problem: detail });
    return EXIT.stopFailed;
  }
}

process.exitCode = await run();
