// SPDX-License-Identifier: Apache-2.0
// Writes agreed.json anew: what promptfoo says of agreed.yaml. Run in this folder, where promptfoo is installed
// (npm install --no-save promptfoo): node judge.mjs
import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const modules = resolve(process.env.PROMPTFOO_FOLDER ?? '.', 'node_modules');
const require = createRequire(pathToFileURL(modules + '/'));
// Asked for as a module: what require() gives of it cannot write its log.
const {default: promptfoo} = await import(pathToFileURL(`${modules}/promptfoo/dist/src/index.js`));
const {default: Echo} = await import('./echo.mjs');
const yaml = require('js-yaml');

const suite = yaml.load(readFileSync('agreed.yaml', 'utf8'));
const evaluation = await promptfoo.evaluate({...suite, providers: [new Echo()], writeLatestResults: false},
                                            {maxConcurrency: 1, cache: false, showProgressBar: false});
const {version} = JSON.parse(readFileSync(`${modules}/promptfoo/package.json`, 'utf8'));
const results = evaluation.results.map(one => ({
    asked: one.response?.metadata?.asked,
    test: one.testIdx,
    isPassed: one.success,
    score: Number(one.score.toFixed(6)),
    checks: (one.gradingResult?.componentResults ?? [])
        .filter(part => part.assertion)
        .map(part => ({type: part.assertion.type, isPassed: part.pass, score: Number(part.score.toFixed(6))})),
    error: one.error && !one.gradingResult?.componentResults?.length ? String(one.error).split('\n')[0] : undefined,
}));
const lines = results.map(result => JSON.stringify(result)).join(',\n');
writeFileSync('agreed.json', `{"promptfoo": ${JSON.stringify(version)}, "results": [\n${lines}\n]}\n`);
console.log(`${results.length} results of promptfoo ${version}`);
process.exit(0);
