using System.Text.Json;
using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

/// <summary>What the filter sends through a kernel's loop is what the chat client inside that loop sends: the same bytes, request by request.</summary>
public sealed class SameBytesTests
{
    public static TheoryData<int, bool> SeedsAndStreaming()
    {
        var data = new TheoryData<int, bool>();
        for (int seed = 1; seed <= 12; seed++)
        {
            data.Add(seed, false);
            data.Add(seed, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SeedsAndStreaming))]
    public async Task The_filter_sends_what_the_chat_client_sends(int seed, bool streaming)
    {
        (ScriptedChatClient filtered, ScriptedChatClient inside) = (new(), new());
        var byFilter = new Conversation(seed, filtered);
        Kernel kernel = Bare(byFilter.Functions).AddHeadroom(Options());
        await byFilter.RunAsync(Service(filtered), kernel, streaming);
        var byClient = new Conversation(seed, inside);
        await byClient.RunAsync(Service(inside, b => b.UseHeadroom(Options(), new InMemoryOriginalStore())), Bare(byClient.Functions), streaming);

        Assert.Equal(inside.Requests.Count, filtered.Requests.Count);
        for (int i = 0; i < inside.Requests.Count; i++) Assert.Equal(inside.Requests[i].Wire, filtered.Requests[i].Wire);
        Assert.Contains(RetrievalTool.Name, filtered.Last.Tools);
    }

    [Fact]
    public async Task The_conversations_compared_hold_every_form_there_is()
    {
        string all = "";
        for (int seed = 1; seed <= 12; seed++)
        {
            var model = new ScriptedChatClient();
            var conversation = new Conversation(seed, model);
            await conversation.RunAsync(Service(model), Bare(conversation.Functions).AddHeadroom(Options()), streaming: false);
            all += string.Join('\n', model.Last.Wire);
        }

        foreach (string sign in (string[])["[headroom ", "[= lines ", "call r", "# JSON", "image/png"]) Assert.Contains(sign, all, StringComparison.Ordinal);
    }

    /// <summary>A conversation nobody thought of: questions, turns of one to three calls, results of every shape, some of which repeat, and retrievals.</summary>
    private sealed class Conversation
    {
        private static readonly string Small = Log(9, 77);

        private readonly Random _random;
        private readonly Queue<object?> _results = new();
        private readonly ScriptedChatClient _model;
        private readonly int _questions;

        public Conversation(int seed, ScriptedChatClient model)
        {
            _random = new Random(seed);
            _model = model;
            _questions = _random.Next(2, 4);
            string earlier = Log(40, seed);
            for (int question = 0; question < _questions; question++)
            {
                for (int turn = _random.Next(1, 4); turn > 0; turn--) AddTurn(question * 10 + turn, ref earlier);
                _model.Says($"answer {question}");
            }
        }

        public KernelFunction[] Functions => [Function("get", _results.Dequeue), Function("read", _results.Dequeue)];

        public async Task RunAsync(IChatCompletionService service, Kernel kernel, bool streaming)
        {
            var history = new ChatHistory("You look into things.");
            for (int question = 0; question < _questions; question++)
            {
                history.AddUserMessage($"Question {question}: which pool is exhausted?");
                await service.AskAsync(history, kernel, streaming);
            }
        }

        private void AddTurn(int number, ref string earlier)
        {
            int calls = _random.Next(1, 4);
            for (int c = 0; c < calls; c++) _results.Enqueue(Result(ref earlier));
            FunctionCallContent[] turn = [.. Enumerable.Range(0, calls).Select(c => ScriptedChatClient.Call($"{number}-{c}", _random.Next(2) == 0 ? "tools_get" : "tools_read", ("page", c)))];
            _model.Calls(turn);
            if (_random.Next(3) > 0) return;
            // A turn that asks for what was left out, where something was; else the same turn in either run, which says nothing.
            _model.Then(request =>
            {
                string? id = request.Results.SelectMany(r => MarkerGrammar.FindIds(r)).LastOrDefault();
                AIContent call = id is null ? new TextContent("nothing was left out") : ScriptedChatClient.Call($"r{number}", RetrievalTool.Name, ("id", id), ("lines", "1-9"));
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, [call]) { MessageId = $"r{number}" }) { ResponseId = $"r{number}" };
            });
        }

        private object? Result(ref string earlier)
        {
            switch (_random.Next(12))
            {
                case 0: return earlier = Log(_random.Next(20, 160), _random.Next());
                case 1: return earlier; // read again
                case 2: return Log(30, _random.Next()) + "\n" + earlier; // read again, with news before it
                case 3: return JsonSerializer.SerializeToElement(Log(_random.Next(5, 90), _random.Next()));
                case 4: return JsonSerializer.SerializeToElement(Rows());
                case 5: return JsonSerializer.Serialize(Rows());
                case 6: return Rows();
                case 7: return new AIContent[] { new TextContent(Log(60, _random.Next())), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new TextContent("and a note") };
                case 8: return JsonSerializer.SerializeToElement(new { content = new[] { new { type = "text", text = Log(50, _random.Next()) } }, isError = _random.Next(2) == 0 });
                case 9: return Small; // the same object every time, too small to be cut
                case 10: return "[headroom 0123456789: 20 lines, 3 shown]\nlooks like ours";
                default: return _random.Next(2) == 0 ? null : _random.Next(100);
            }
        }

        private Row[] Rows() => [.. Enumerable.Range(0, _random.Next(2, 80)).Select(i => new Row(i, $"name {_random.Next(5)}", i % 2 == 0 ? "open" : "closed", $"https://example.com/items/{i}"))];
    }

    public sealed record Row(int Id, string Name, string State, string Url);
}
