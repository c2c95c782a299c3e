using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headroom.Evals;

/// <summary>
/// The original project's three published agent workloads, generated anew from the published tools and sizes (fields and values are ours, with a
/// fixed seed, as its script has none): results of a few tools, each indented JSON. Published there, with rows left out: incident
/// 65,694 → 5,118 tokens, triage 54,174 → 14,761, exploration 78,502 → 41,254.
/// </summary>
internal static class WorkloadInputs
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly string[] Services = ["payment", "orders", "users", "inventory", "notification", "gateway"];
    private static readonly string[] Words = ["cache", "session", "token", "retry", "queue", "index", "schema", "client", "worker", "stream", "config", "router"];
    private static readonly string[] Extensions = ["py", "ts", "go", "yaml"];

    public static IEnumerable<EvalInput> All()
    {
        var random = new Random(42);
        yield return Input("incident (65,694 → 5,118)", "logs300", Logs(random, 300, 211), "Why did payments fail last night?", ["payment", "PG-5523", "Connection pool exhausted"]);
        yield return Input("incident (65,694 → 5,118)", "rows200", DatabaseRows(random, 200, 57), "Which accounts are locked?", ["acct-locked-0057", "locked"]);
        yield return Input("incident (65,694 → 5,118)", "files150", Files(random, 150), "Find the pool configuration of the payment service", []);
        yield return Input("triage (54,174 → 14,761)", "issues100", Issues(random, 100, 41), "Which issues are about data loss?", ["Data loss when the writer restarts"]);
        yield return Input("triage (54,174 → 14,761)", "code80", Code(random, 80), "Where is the writer restarted?", []);
        yield return Input("triage (54,174 → 14,761)", "logs200", Logs(random, 200, 133), "What failed before the restart?", ["PG-5523"]);
        yield return Input("exploration (78,502 → 41,254)", "tree", Tree(random, 3, 20), "Where is the configuration of the router?", []);
        yield return Input("exploration (78,502 → 41,254)", "files200", Files(random, 200), "Find the router", []);
        yield return Input("exploration (78,502 → 41,254)", "code100", Code(random, 100), "Where are sessions renewed?", []);
    }

    private static EvalInput Input(string workload, string name, object value, string question, string[] facts) =>
        new(workload, name, JsonSerializer.Serialize(value, Indented), question, facts);

    private static List<object> Logs(Random random, int count, int failure) =>
    [.. Enumerable.Range(0, count).Select(i => (object)new
    {
        timestamp = $"2024-12-15T{i / 60 % 24:00}:{i % 60:00}:{random.Next(60):00}Z",
        level = i == failure ? "FATAL" : random.Next(20) == 0 ? "WARN" : "INFO",
        service = i == failure ? "payment" : Pick(random, Services),
        message = i == failure ? "Connection pool exhausted" : $"Handled {Pick(random, Words)} {random.Next(10_000)} in {random.Next(5, 90)} ms",
        error_code = i == failure ? "PG-5523" : null,
        trace_id = Hex(random, 32),
        host = $"ip-10-0-{random.Next(4)}-{random.Next(256)}",
        metadata = new { region = "us-east-1", version = "2.4.1", pod = $"{Pick(random, Services)}-{Hex(random, 10)}" },
    })];

    private static object DatabaseRows(Random random, int count, int locked) => new
    {
        query = "select * from accounts order by id",
        rows = Enumerable.Range(0, count).Select(i => new
        {
            id = i == locked ? $"acct-locked-{i:0000}" : $"acct-{Hex(random, 8)}",
            email = $"user{random.Next(100_000)}@example.com",
            status = i == locked ? "locked" : "active",
            balance = random.Next(0, 500_000) / 100.0,
            created_at = $"2023-{random.Next(1, 13):00}-{random.Next(1, 29):00}T00:00:00Z",
            plan = Pick(random, ["free", "team", "business"]),
        }),
        row_count = count,
    };

    private static List<object> Files(Random random, int count) =>
    [.. Enumerable.Range(0, count).Select(i => (object)new
    {
        path = $"src/{Pick(random, Services)}/{Pick(random, Words)}/{Pick(random, Words)}_{i}.{Pick(random, Extensions)}",
        size = random.Next(200, 40_000),
        modified = $"2024-11-{random.Next(1, 29):00}T{random.Next(24):00}:00:00Z",
        score = random.Next(400, 999) / 1000.0,
        preview = $"def {Pick(random, Words)}_{Pick(random, Words)}({Pick(random, Words)}): return {Pick(random, Words)}",
    })];

    private static List<object> Code(Random random, int count) =>
    [.. Enumerable.Range(0, count).Select(i => (object)new
    {
        repository = "acme/backend",
        path = $"src/{Pick(random, Services)}/{Pick(random, Words)}.py",
        line = random.Next(1, 900),
        content = $"    {Pick(random, Words)} = {Pick(random, Words)}.{Pick(random, Words)}({Pick(random, Words)}_{random.Next(100)})",
        context = new { before = new[] { $"# {Pick(random, Words)}", "" }, after = new[] { "", $"return {Pick(random, Words)}" } },
        sha = Hex(random, 40),
        score = random.Next(400, 999) / 1000.0,
    })];

    private static List<object> Issues(Random random, int count, int serious) =>
    [.. Enumerable.Range(0, count).Select(i => (object)new
    {
        number = 4_000 + i,
        title = i == serious ? "Data loss when the writer restarts" : $"{Pick(random, Words)} {Pick(random, Words)} is slow with {Pick(random, Words)}",
        state = random.Next(5) == 0 ? "closed" : "open",
        user = new { login = $"dev{random.Next(40)}", type = "User" },
        labels = new[] { Pick(random, ["bug", "question", "enhancement"]) },
        comments = random.Next(30),
        created_at = $"2024-10-{random.Next(1, 29):00}T10:00:00Z",
        body = $"When the {Pick(random, Words)} is used with {Pick(random, Words)}, the {Pick(random, Words)} takes {random.Next(2, 90)} seconds. Steps: 1. start {Pick(random, Words)} 2. wait.",
        html_url = $"https://github.com/acme/backend/issues/{4_000 + i}",
    })];

    private static object Tree(Random random, int depth, int width) => new
    {
        name = $"{Pick(random, Words)}_{random.Next(1_000)}",
        type = depth == 0 ? "file" : "directory",
        size = depth == 0 ? random.Next(100, 9_000) : (int?)null,
        children = depth == 0 ? null : Enumerable.Range(0, depth == 3 ? width : depth == 2 ? width / 2 : width / 4).Select(_ => Tree(random, depth - 1, width)).ToArray(),
    };

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];

    private static string Hex(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[random.Next(16)]));
}
