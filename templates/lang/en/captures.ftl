# What a setting, query or rule captures, one plain phrase each; the words a worker would use.

capture-not-read = no reader of this tool knows this file, so what it captures is unknown
capture-nothing-about-people = read, and nothing about people was found
capture-adds-identity = adds who did it to records that pass
capture-ai-messages = messages to an AI tool and its answers would be passed on
capture-ai-usage = when and how much a person uses an AI tool is sent, with a name or a number for that person
capture-answer-text = the answers of an AI tool are sent
capture-api-calls = each call of the cloud's interface is recorded with who made it
capture-app-usage = which programs a person uses is recorded
capture-audio = sound is recorded
capture-command-details = commands and file names that an AI tool runs for a person are sent
capture-emotion = feelings or stress are inferred
capture-export-to-hr = data go to personnel management
capture-group-result = results for a team or a group
capture-hook = a program is handed what a person types or does in an AI tool; whether it keeps it is unknown
capture-keystroke-count = keystrokes are counted
capture-keystrokes = what a person types is recorded
capture-location = where a person is is recorded
capture-log-lines = raw records are shown or printed
capture-log-retention = a log is kept for a set number of days
capture-log-retention-unknown = how long a log is kept is set elsewhere
capture-log-unlimited = a log is kept for ever
capture-meeting-ai = an AI assistant may follow meetings
capture-meeting-recording = meetings are recorded, or may be
capture-meeting-transcription = speech in meetings is written down, or may be
capture-other-setting = a setting that this tool does not know
capture-per-person-ranking = results per person, in an order
capture-per-person-result = results per person
capture-person-count = people are only counted
capture-person-selector = viewers can pick a single person
capture-pipeline-cleaned = identity and content are removed on the way
capture-pipeline-reduced = some of what is sent in is removed or masked on the way
capture-pipeline-unreduced = everything that is sent in would be passed on
capture-productivity-score = a score per person
capture-prompt-text = what a person types to an AI tool is sent
capture-screenshots = pictures of the screen are taken
capture-stealth = the monitoring is hidden from those it watches
capture-tool-content = files and output that an AI tool handled are sent
capture-visited-sites = the sites a person visits are recorded
capture-webcam = camera pictures are taken
capture-whole-conversation = whole conversations with an AI tool are sent

## Levels of a capture, by the letters of the register

axis-S = subject (how close to one person)
axis-D = content (how much of what was said or done)
axis-T = time (how continuously)
axis-R = retention (how long it is kept)
axis-M = minimisation (how little is removed)
axis-X = evaluation (whether people are compared or judged)
