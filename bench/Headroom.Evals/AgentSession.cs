using Headroom.Economics;
using Headroom.PromptCaching;
using Headroom.Tokens;

namespace Headroom.Evals;

/// <summary>A block of a prompt, with what it is.</summary>
internal readonly record struct SessionBlock(PromptPartKind Kind, PromptBlock Block);

/// <summary>
/// An agent's requests, made from the texts of the corpus: tools and a system prompt, a question, then turns of a sentence, calls, and as many results. With a
/// fixed seed, so that every run makes the same.
/// </summary>
internal sealed class AgentSession
{
    /// <summary>Characters of a result: nine in ten of recorded ones are shorter than 650 tokens.</summary>
    private const int MaxResult = 2_400;

    private static readonly O200kTokenCounter s_counter = O200kTokenCounter.Instance;
    private static readonly string[] s_texts = [.. EvalInput.Read(EvalInput.DefaultFolder()).Select(i => i.Text).Where(t => t.Length > 200)];
    private static readonly Dictionary<string, PromptBlock> s_known = new(StringComparer.Ordinal);

    private readonly Random _random;
    private readonly List<SessionBlock> _blocks = [];

    /// <summary>Begins a session.</summary>
    /// <param name="seed">Makes the conversation; tools and system prompt are the same for all seeds.</param>
    /// <param name="system">What is written behind the system prompt.</param>
    public AgentSession(int seed, string system = "")
    {
        _random = new Random(seed);
        for (int i = 0; i < 16; i++) Tools.Add(Of(PromptPartKind.ToolDeclaration, $"tool_{i}\n{Slice(new Random(i), 700)}"));
        _blocks.Add(Of(PromptPartKind.System, Slice(new Random(100), 4_000) + Slice(new Random(101), 4_000) + system));
        Ask();
    }

    /// <summary>The declared tools, in the order they are declared in. May be changed between requests.</summary>
    public List<SessionBlock> Tools { get; } = [];

    /// <summary>The prompt as it stands.</summary>
    public IReadOnlyList<SessionBlock> Prompt => [.. Tools, .. _blocks];

    /// <summary>The next question of the user.</summary>
    public void Ask() => _blocks.Add(Of(PromptPartKind.User, $"Question {_random.Next()}: {Slice(_random, 200)}"));

    /// <summary>An answer of the model.</summary>
    public void Answer() => _blocks.Add(Of(PromptPartKind.Assistant, $"Answer {_random.Next()}: {Slice(_random, 1_200)}"));

    /// <summary>A turn of the model with so many calls at once, and their results.</summary>
    public void Call(int calls)
    {
        _blocks.Add(Of(PromptPartKind.Assistant, $"Turn {_random.Next()}: {Slice(_random, 120)}"));
        for (int i = 0; i < calls; i++) _blocks.Add(Of(PromptPartKind.ToolCall, $"call {_random.Next()}"));
        for (int i = 0; i < calls; i++) _blocks.Add(Of(PromptPartKind.ToolResult, $"{_random.Next()}\n{Slice(_random, 60 + (int)(MaxResult * Math.Pow(_random.NextDouble(), 3)))}"));
    }

    /// <summary>The prompt as a request with breakpoints.</summary>
    /// <param name="breakpoints">Chooses where they stand; by default nobody says.</param>
    /// <param name="at">When it is sent.</param>
    public PromptRequest Request(Func<IReadOnlyList<SessionBlock>, IReadOnlyList<int>?>? breakpoints = null, TimeSpan? at = null) =>
        new([.. Prompt.Select(b => b.Block)]) { Breakpoints = breakpoints?.Invoke(Prompt), At = at };

    private static SessionBlock Of(PromptPartKind kind, string text)
    {
        if (!s_known.TryGetValue(text, out PromptBlock block)) s_known.Add(text, block = PromptBlock.Of(text, s_counter.Count(text)));
        return new SessionBlock(kind, block);
    }

    private static string Slice(Random random, int length)
    {
        string text = s_texts[random.Next(s_texts.Length)];
        int start = random.Next(Math.Max(1, text.Length - length));
        return text.Substring(start, Math.Min(length, text.Length - start));
    }
}
