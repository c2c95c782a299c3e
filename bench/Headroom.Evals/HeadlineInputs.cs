using System.Text;

namespace Headroom.Evals;

/// <summary>
/// The original project's two best-known published inputs, generated anew from the published description of their fields: 100 log
/// entries with one FATAL at index 67, and 100 code-search results. Published there: 10,144 → 1,260 tokens (prompt and tools included)
/// and 17,765 → 1,408, both by leaving rows out.
/// </summary>
internal static class HeadlineInputs
{
    private static readonly string[] Services = ["api-gateway", "user-service", "inventory", "auth"];
    private static readonly string[] Endpoints = ["/api/v1/users", "/api/v1/orders", "/api/v1/products", "/health"];
    private static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-west-1"];

    public static IEnumerable<EvalInput> All()
    {
        yield return new EvalInput("headline", "needle100", Needle(), "Search the production logs for the root cause of last night's outage",
            ["payment-gateway", "PG-5523", "max_connections=100", "1847"]);
        yield return new EvalInput("headline", "codesearch100", CodeSearch(), "Find where the user token is validated", []);
    }

    private static string Needle()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 100).Select(i => i == 67
            ? """{"timestamp": "2024-12-15T03:47:23Z", "level": "FATAL", "service": "payment-gateway", "message": "Connection pool exhausted - max_connections=100 exceeded", "error_code": "PG-5523", "stack_trace": "at ConnectionPool.acquire (pool.js:142)\n at PaymentService.charge (payment.js:88)", "resolution": "Increase max_connections to 500 in config/database.yml", "affected_transactions": 1847, "incident_id": "INC-2024-1215-001"}"""
            : $$$"""{"timestamp": "2024-12-15T{{{i % 24:00}}}:{{{i % 60:00}}}:00Z", "level": "INFO", "service": "{{{Services[i % 4]}}}", "message": "Request processed successfully - latency={{{50 + i % 100}}}ms", "request_id": "req-{{{i:000000}}}", "status_code": 200, "endpoint": "{{{Endpoints[i % 4]}}}", "metadata": {"region": "{{{Regions[i % 3]}}}", "version": "2.4.1"}}""");
        return "[" + string.Join(", ", rows) + "]";
    }

    private static string CodeSearch()
    {
        string[] files = ["src/auth/token.py", "src/auth/session.py", "src/api/users.py", "src/api/middleware.py", "src/core/config.py"];
        var text = new StringBuilder("[\n");
        for (int i = 0; i < 100; i++)
        {
            string score = (0.95 - i * 0.005).ToString("0.###");
            text.Append($$"""
                  {
                    "file": "{{files[i % 5]}}",
                    "line": {{10 + 3 * i}},
                    "content": "def validate_token_{{i}}(user, token): return check(token, user.id)",
                    "language": "python",
                    "repository": "acme/backend",
                    "branch": "main",
                    "last_modified": "2024-12-{{1 + i % 28:00}}T10:00:00Z",
                    "author": "developer{{i % 10}}@acme.com",
                    "match_score": {{score}},
                    "context": {
                      "before": ["# helper {{i}}", ""],
                      "after": ["", "# end of helper {{i}}"]
                    },
                    "metadata": {
                      "size": {{1000 + 37 * i}},
                      "encoding": "utf-8"
                    }
                  }{{(i < 99 ? "," : "")}}

                """);
        }

        return text.Append(']').ToString();
    }
}
