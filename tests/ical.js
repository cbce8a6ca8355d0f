// What a calendar program makes of a file: ical.js is the parser that Thunderbird reads its calendars with.
// Reads iCalendar from standard input, writes the events as JSON.
const ICAL = require("../node_modules/ical.js/dist/ical.es5.cjs");
const read = ICAL.default || ICAL;
const root = new read.Component(read.parse(require("fs").readFileSync(0, "utf8")));
const events = root.getAllSubcomponents("vevent").map((component) => {
  const event = new read.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    title: event.summary,
    place: event.location,
    text: event.description,
    first: event.startDate.toString(),
    next: event.endDate.toString(),
    allDay: event.startDate.isDate,
    status: component.getFirstPropertyValue("status"),
    busy: component.getFirstPropertyValue("transp") === "OPAQUE",
    url: component.getFirstPropertyValue("url"),
    stamp: component.getFirstPropertyValue("dtstamp").toString(),
  };
});
process.stdout.write(JSON.stringify({ method: root.getFirstPropertyValue("method"), events }));
