namespace Headroom.PromptCaching;

public sealed class VolatileTextDetectorTests
{
    [Theory]
    [InlineData("You are helpful. Current time: «2026-11-22T10:33:12Z».", VolatileTextKind.DateTime)]
    [InlineData("It is «2026-11-22 10:33» in Berlin.", VolatileTextKind.DateTime)]
    [InlineData("started «2026-11-22T10:33:12.1234567+01:00»\n", VolatileTextKind.DateTime)]
    [InlineData("started «20261122T103312Z»", VolatileTextKind.DateTime)]
    [InlineData("«Sun, 22 Nov 2026 10:33:12 GMT»", VolatileTextKind.DateTime)]
    [InlineData("Date: «Sun Nov 22 10:33:12 UTC 2026»", VolatileTextKind.DateTime)]
    [InlineData("As of «11/22/2026 10:33:12 AM», prices are firm.", VolatileTextKind.DateTime)]
    [InlineData("Stand: «22.11.2026 10:33»", VolatileTextKind.DateTime)]
    [InlineData("now is «November 22, 2026 at 10:33 PM»", VolatileTextKind.DateTime)]
    [InlineData("Today is «2026-11-22».", VolatileTextKind.Date)]
    [InlineData("Today's date is «Sunday, November 22, 2026».", VolatileTextKind.Date)]
    [InlineData("The current date is «22 November 2026»", VolatileTextKind.Date)]
    [InlineData("Date: «2026-11-22»", VolatileTextKind.Date)]
    [InlineData("current_date=«11/22/2026 00:00:00»", VolatileTextKind.Date)]
    [InlineData("The current time is «10:33 PM».", VolatileTextKind.Time)]
    [InlineData("Local time: «22:33:05»", VolatileTextKind.Time)]
    [InlineData("timestamp: «1763807592»", VolatileTextKind.UnixTime)]
    [InlineData("epoch=«1763807592123»", VolatileTextKind.UnixTime)]
    [InlineData("tenant «3f2b8c1e-9d4a-4e6f-8a7b-5c0d1e2f3a4b» only", VolatileTextKind.Uuid)]
    [InlineData("«01JD9Z3T5M8Q7K2V4W6X8Y0ABC»", VolatileTextKind.Uuid)]
    [InlineData("Session ID: «sess_8f3a2c»", VolatileTextKind.RequestId)]
    [InlineData("requestId=«0HN7A3K2L1»", VolatileTextKind.RequestId)]
    [InlineData("trace id is «4bf92f3577b34da6a3ce929d0e0e4736».", VolatileTextKind.RequestId)]
    [InlineData("This is request #«42».", VolatileTextKind.Counter)]
    [InlineData("Turn number: «7»", VolatileTextKind.Counter)]
    [InlineData("Tokens left: «12,400».", VolatileTextKind.Counter)]
    [InlineData("nonce «9f86d081884c7d659a2feaa0c55ad015»", VolatileTextKind.RandomText)]
    public void Volatile_text_is_found_where_it_stands(string marked, VolatileTextKind kind)
    {
        string text = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        int start = marked.IndexOf('«', StringComparison.Ordinal), end = marked.IndexOf('»', StringComparison.Ordinal) - 1;

        Assert.Equal([new VolatileText(kind, start, end - start)], VolatileTextDetector.Find(text));
    }

    [Theory]
    [InlineData("Use version 10.0.14 or 2026.1; never 1.2.3-beta.20260101.")]
    [InlineData("The server listens on localhost:8080 and 127.0.0.1:5432.")]
    [InlineData("Dates are written as yyyy-MM-dd, e.g. 2024-01-15T10:30:00Z.")]
    [InlineData("An ISO 8601 date-time such as 2024-01-15T10:30:00Z")]
    [InlineData("format: date-time, example: 2024-01-15T10:30:00Z")]
    [InlineData("Knowledge cutoff: 2024-06-01.")]
    [InlineData("Release date: 2024-06-01")]
    [InlineData("The contract of 2024-06-01 was signed on March 3, 2025.")]
    [InlineData("Data before 2024-01-01T00:00:00Z is archived.")]
    [InlineData("Opening time: 09:30")]
    [InlineData("Meetings take place at 10:30 in room 42.")]
    [InlineData("Step 1: read the file. Step 2: change it. Turn 3 is yours.")]
    [InlineData("Answer in at most 200 words; retry 3 times; use 8 threads.")]
    [InlineData("Colours: #ff00aa00, #deadbeef; magic 0xCAFEBABE")]
    [InlineData("{\"request_id\": \"req_011CS\", \"timestamp\": 1763807592, \"date\": \"2026-11-22\"}")]
    [InlineData("ids look like 00000000-0000-0000-0000-000000000000 or 123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("image@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("https://github.com/acme/app/blob/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b/README.md")]
    [InlineData("commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b")]
    [InlineData("user id: 42, order 1763807592, phone 1763807592, 4111111111111111")]
    [InlineData("The function returns the number of items; deadbeefdeadbeefdeadbeef facade")]
    [InlineData("Today you will work on the parser. Now read chapter 5. Time matters.")]
    [InlineData("MAY 5 items be returned? March on. Sat down.")]
    [InlineData("")]
    public void What_stays_is_not_reported(string text) => Assert.Empty(VolatileTextDetector.Find(text));

    [Fact]
    public void The_documents_of_this_project_hold_nothing_volatile()
    {
        foreach (string path in Directory.EnumerateFiles(RepositoryFiles.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryFiles.PathOf("AGENTS.md")))
        {
            string text = File.ReadAllText(path);
            // Whole log lines, quoted as examples of tool output, do hold times; nobody could tell them from others.
            VolatileText[] found = [.. VolatileTextDetector.Find(text).Where(v => v.Kind is not (VolatileTextKind.DateTime or VolatileTextKind.RandomText))];
            Assert.True(found.Length == 0, $"{path}: {string.Join(", ", found.Select(f => $"{f.Kind} {text.Substring(f.Offset, f.Length)}"))}");
        }
    }

    [Fact]
    public void Any_text_is_read_to_its_end_and_what_is_found_lies_within_it()
    {
        var random = new Random(11);
        string[] words = ["today", "is", "2026", "-", "11", "22", ":", " ", "T", "Z", "id", "request", "_", "#", "\n", "Nov", "Sunday", ",", "9f86d081", "timestamp", "=", "\"", "’", "é", "1763807592", "+", ".", "at ", "PM"];
        for (int i = 0; i < 5_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
            int end = 0;
            foreach (VolatileText found in VolatileTextDetector.Find(text))
            {
                Assert.True(found.Offset >= end && found.Length > 0 && found.End <= text.Length, text);
                end = found.End;
            }
        }
    }

    public static TheoryData<string> Unfriendly => new("today is ", "request id: ", "2026-11-22 10:33 ", "9f86d081-", "a", "9", "Nov ", "time ", "\"id\": ", "current date current time ", "_", "2026-", "9f86d081884c7d659a2feaa0c55ad015 ");

    /// <summary>A million and a half characters that begin like something volatile everywhere: quadratic work would take hours.</summary>
    [Theory]
    [MemberData(nameof(Unfriendly))]
    public void Time_grows_with_the_text_and_not_faster(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 1_500_000 / unit.Length));

        Assert.All(VolatileTextDetector.Find(text), found => Assert.InRange(found.Length, 1, 128));
    }
}
