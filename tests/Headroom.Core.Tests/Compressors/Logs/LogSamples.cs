using System.Globalization;
using System.Text;

namespace Headroom.Tests.Compressors.Logs;

/// <summary>Makes logs from a seed: statements, records, traces, progress bars, and everything that resembles our own syntax.</summary>
internal static class LogSamples
{
    private static readonly string[] LookAlikes =
    [
        "[log {}: \"NAME= line\" shows a pattern", "> quoted", ">", ">> twice", "[= lines 1-2]", "[= line 1]", "[last line x3 more]", "[last 2 lines x9 more]", "GET= /x{1}", "opened= {a}",
        "name(2)= one {2}", "^", "~/x", "+5", "\"", "\"a b\"", "row1", "row1 5", "10:00:01 started", "started", "user 7", "{}", "{=a}", "a`b", "<x>", "[y]", "12:00:00", "", " ", "\t",
        "[log {}: ]", "took 5 ms", "= ", "x= ",
    ];

    private static readonly string[] Statements =
    [
        "{t} INFO  server started on port {n}", "{t} INFO  user {w} opened {p}", "{t} ERROR user {w} failed to open {p}: code={n}", "{t} DEBUG gc pause {n}ms heap={n}/{n}",
        "{\"time\":\"{t}\",\"level\":{n},\"msg\":\"user {w}\",\"id\":\"{h}\"}", "Compiling {p}.cpp", "    at com.acme.{w}.run({w}.java:{n})", "sshd[{n}]: session closed for {w}",
        "{n}.{n}.{n}.{n} - - [{t} +0000] \"GET /{p} HTTP/1.1\" {n} {n} \"-\" \"Agent/{n} (X11; {w})\"", "Sent order {h}... to finance:{n}", "progress {n}%", "tick {m}", "", "done",
        "{t} {t} two times", "key={w}, other={w}, \"quoted {w} text\"", "value \"{w} (x/{n}\"",
    ];

    public static string Make(Random random)
    {
        var log = new StringBuilder();
        int count = random.Next(1, 60);
        int style = random.Next(4);
        int second = random.Next(86_000);
        long counter = 1_700_000_000_000 + random.Next();
        for (int i = 0; i < count; i++)
        {
            if (random.Next(12) == 0) log.Append(LookAlikes[random.Next(LookAlikes.Length)]);
            else if (random.Next(20) == 0) Repeat(log, random);
            else log.Append(Fill(Statements[random.Next(1 + random.Next(Statements.Length))], random, style, ref second, ref counter));
            if (random.Next(40) == 0) log.Append(random.Next(3) switch { 0 => "\u001b[0m", 1 => "\roverwritten", _ => " \t" });
            log.Append(random.Next(200) == 0 ? "\r\n" : "\n");
        }

        if (random.Next(2) == 0 && log.Length > 0) log.Length--;
        if (random.Next(10) == 0 && log.Length > 0) log.Remove(random.Next(log.Length), 1);
        if (random.Next(10) == 0 && log.Length > 0) log.Insert(random.Next(log.Length), LookAlikes[random.Next(LookAlikes.Length)]);
        return log.ToString();
    }

    /// <summary>A plain service log with a few errors in it.</summary>
    public static string Service(int lines)
    {
        var log = new StringBuilder();
        for (int i = 0; i < lines; i++)
        {
            string time = string.Create(CultureInfo.InvariantCulture, $"2026-03-04T{9 + i / 3600:00}:{i / 60 % 60:00}:{i % 60:00}Z");
            string what = i % 211 == 120
                ? "ERROR db Pool exhausted (max_connections=100)\njava.sql.SQLException: timeout\n\tat com.acme.Db.open(Db.java:88)\n\tat com.acme.Api.get(Api.java:12)"
                : $"INFO api GET /health 200 in {i * 7919 % 23} ms";
            log.Append(CultureInfo.InvariantCulture, $"{time} {what}\n");
        }

        return log.ToString();
    }

    private static void Repeat(StringBuilder log, Random random)
    {
        string[] lines = log.ToString().Split('\n');
        int from = random.Next(lines.Length);
        string block = string.Join('\n', lines[from..Math.Min(lines.Length, from + random.Next(1, 9))]);
        for (int i = random.Next(1, 4); i > 0; i--) log.Append(block).Append('\n');
    }

    private static string Fill(string statement, Random random, int style, ref int second, ref long counter)
    {
        second += random.Next(3) * random.Next(90);
        counter += random.Next(100_000);
        TimeSpan time = TimeSpan.FromSeconds(second % 86_400);
        string clock = style switch
        {
            0 => $"2026-0{1 + second / 40_000}-04T{time:hh\\:mm\\:ss}.{second % 1000:000}Z",
            1 => $"Mar {1 + second / 9_000,2} {time:hh\\:mm\\:ss}",
            2 => $"{10 + second / 30_000}/May/2015:{time:hh\\:mm\\:ss}",
            _ => $"{time:hh\\:mm\\:ss}",
        };
        string[] words = ["alice", "bob", "carol", "ERROR", "^", "~", "", "a b", "root", "+1", "\u00b5s", "x\"y", "{", "`"];
        var text = new StringBuilder(statement).Replace("{t}", clock).Replace("{m}", counter.ToString(CultureInfo.InvariantCulture));
        foreach (string field in (string[])["{n}", "{w}", "{p}", "{h}"])
        {
            for (int at; (at = text.ToString().IndexOf(field, StringComparison.Ordinal)) >= 0;)
            {
                string value = field switch
                {
                    "{n}" => random.Next(3) == 0 ? "7" : random.Next(2_000).ToString(CultureInfo.InvariantCulture),
                    "{w}" => words[random.Next(1 + random.Next(words.Length))],
                    "{p}" => $"src/{(random.Next(2) == 0 ? "app" : "lib/core")}/file{random.Next(9)}",
                    _ => random.Next().ToString("x8", CultureInfo.InvariantCulture),
                };
                text.Remove(at, field.Length).Insert(at, value);
            }
        }

        return text.ToString();
    }
}
