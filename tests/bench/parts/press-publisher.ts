/** The publisher under the clock that is handed in: as one file it starts four times as fast. */
import '../../support/engine-clock.ts';
import '../../../src-main/publisher/main.ts';
