using System.Text;

namespace Headroom.Benchmarks;

/// <summary>Texts of the common kinds, about 256 KB each, the same in every run.</summary>
internal static class SampleTexts
{
    internal static readonly string[] Kinds = ["json", "log", "code", "prose", "chinese"];

    private const int Length = 256 * 1024;

    private static readonly string[] Words =
    [
        "the", "of", "and", "to", "request", "was", "in", "handler", "that", "for", "cache", "with", "response", "is", "on", "order", "by", "value",
        "customer", "which", "between", "configuration", "updated", "from", "after", "timeout", "returned", "because", "several", "instances",
        "unexpected", "however", "performance", "measured", "without", "previous", "deployment", "services", "available", "approximately",
    ];

    private static readonly string[] ChineseWords =
    [
        "我们", "的", "服务器", "在", "今天", "上午", "收到", "一个", "请求", "但是", "数据库", "没有", "返回", "结果", "用户", "订单", "状态", "已经", "更新",
        "系统", "管理员", "检查", "配置", "文件", "以后", "发现", "连接", "超时", "问题", "需要", "重新", "启动", "应用", "程序", "测试", "通过", "了", "和", "是",
    ];

    internal static string Of(string kind)
    {
        var text = new StringBuilder(Length + 1024);
        uint state = 42;
        for (int i = 0; text.Length < Length; i++)
        {
            switch (kind)
            {
                case "json": AppendJson(text, i, ref state); break;
                case "log": AppendLog(text, i, ref state); break;
                case "code": AppendCode(text, i, ref state); break;
                case "prose": AppendProse(text, ref state); break;
                case "chinese": text.Append(ChineseWords[Next(ref state, ChineseWords.Length)]).Append(i % 9 == 8 ? "，" : i % 31 == 30 ? "。\n" : ""); break;
                default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of sample text.");
            }
        }

        return text.ToString();
    }

    private static void AppendJson(StringBuilder text, int i, ref uint state) =>
        text.Append($$"""
              {
                "id": "{{Next(ref state, 1 << 30):x8}}-{{Next(ref state, 1 << 16):x4}}-4{{Next(ref state, 4096):x3}}-{{Next(ref state, 1 << 30):x8}}",
                "number": {{i}},
                "name": "{{Word(ref state)}} {{Word(ref state)}}",
                "createdAt": "2026-0{{1 + (i % 9)}}-1{{i % 10}}T0{{i % 10}}:{{10 + (i % 50)}}:{{10 + (i % 49)}}Z",
                "total": {{Next(ref state, 100000) / 100.0}},
                "paid": {{(i % 3 == 0 ? "true" : "false")}},
                "url": "https://api.example.com/v2/{{Word(ref state)}}s/{{i}}"
              },

            """);

    private static void AppendLog(StringBuilder text, int i, ref uint state) =>
        text.Append($"2026-03-04T{9 + (i / 3600 % 10):00}:{i / 60 % 60:00}:{i % 60:00}.{Next(ref state, 1000):000}Z {(i % 40 == 0 ? "ERROR" : "INFO ")} ")
            .Append($"[worker-{Next(ref state, 16)}] Http.Server - {Word(ref state)} {Word(ref state)} path=/api/{Word(ref state)}/{Next(ref state, 99999)} ")
            .Append($"status={(i % 40 == 0 ? 500 : 200)} elapsed={Next(ref state, 900)}ms trace={Next(ref state, 1 << 30):x8}{Next(ref state, 1 << 30):x8}\n");

    private static void AppendCode(StringBuilder text, int i, ref uint state)
    {
        string name = char.ToUpperInvariant(Word(ref state)[0]) + Word(ref state)[1..] + i;
        text.Append($"    /// <summary>{Word(ref state)} {Word(ref state)} {Word(ref state)}.</summary>\n")
            .Append($"    public async Task<int> {name}Async(string {Word(ref state)}Id, CancellationToken cancellationToken)\n    {{\n")
            .Append($"        if (_items.TryGetValue({Next(ref state, 100)}, out var item) && item.Count > {Next(ref state, 9)})\n        {{\n")
            .Append("            await item.SaveAsync(cancellationToken).ConfigureAwait(false);\n        }\n\n        return _total;\n    }\n\n");
    }

    private static void AppendProse(StringBuilder text, ref uint state)
    {
        int words = 6 + Next(ref state, 18);
        for (int i = 0; i < words; i++)
        {
            string word = Word(ref state);
            text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word).Append(i == words - 1 ? ". " : i % 9 == 8 ? ", " : " ");
        }

        if (Next(ref state, 5) == 0) text.Append("\n\n");
    }

    private static string Word(ref uint state) => Words[Next(ref state, Words.Length)];

    // A linear congruential generator: the same numbers on every machine and runtime.
    private static int Next(ref uint state, int below)
    {
        state = (state * 1664525) + 1013904223;
        return (int)((state >> 2) % (uint)below);
    }
}
