using System.Text;
using System.Text.Json;
using Headroom.Retrieval;

namespace Headroom.Benchmarks.Proxy;

/// <summary>The requests of a coding agent, each with the whole history and one tool result more than the one before.</summary>
internal sealed class AgentRequests
{
    /// <summary>Characters of a result: the average of recorded agents is some 500 tokens.</summary>
    private const int ResultLength = 2_000;

    private readonly string[] _results = [.. CorpusTexts.Kinds.SelectMany(k => CorpusTexts.Of(k, 200_000).Chunk(ResultLength).Take(80).Select(c => new string(c)))];
    private readonly StringBuilder _messages = new();
    private readonly string _name;
    private int _turns;

    /// <param name="name">Tells the conversation from others, in its first text and in every result.</param>
    public AgentRequests(string name)
    {
        _name = name;
        string prose = JsonSerializer.Serialize(SampleTexts.Of("prose")[..400]);
        IEnumerable<string> tools = Enumerable.Range(0, 20).Select(i => $$$"""{"name":"tool_{{{i}}}","description":{{{prose}}},"input_schema":{"type":"object"}}""");
        string retrieval = $$"""{"name":"mcp__headroom__{{RetrievalTool.Name}}","description":{{JsonSerializer.Serialize(RetrievalTool.Description)}},"input_schema":{{RetrievalTool.ParametersSchema}}}""";
        _messages.Append($$"""
            {"model":"claude-sonnet-5","max_tokens":1024,"tools":[{{string.Join(',', tools.Append(retrieval))}}],"system":"You are a coding agent.","messages":[{"role":"user","content":"Find out why the tests of {{name}} fail and mend it."}
            """);
    }

    /// <summary>Whether it has not been asked for a request.</summary>
    public bool IsNew => _turns == 0;

    /// <summary>The next request.</summary>
    public byte[] Next()
    {
        int turn = _turns++;
        string result = JsonSerializer.Serialize($"{_name}, {turn}: {_results[turn * 7 % _results.Length]}");
        _messages.Append($$$"""
            ,{"role":"assistant","content":[{"type":"text","text":"Next I look at part {{{turn}}}."},{"type":"tool_use","id":"toolu_{{{turn}}}","name":"tool_{{{turn % 20}}}","input":{"path":"src/part{{{turn}}}.cs"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_{{{turn}}}","content":{{{result}}}}]}
            """);
        return Encoding.UTF8.GetBytes(_messages + "]}");
    }
}
