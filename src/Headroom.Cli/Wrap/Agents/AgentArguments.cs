namespace Headroom.Cli.Wrap.Agents;

/// <summary>Finds options among the arguments of an agent, as most of them spell options.</summary>
internal static class AgentArguments
{
    /// <summary>Values given with an option, in order, and where they stand.</summary>
    /// <param name="arguments">The arguments; what stands behind <c>--</c> is no option.</param>
    /// <param name="names">The names of the option: <c>--config</c>, <c>-c</c>.</param>
    public static IEnumerable<AgentOption> Options(this IReadOnlyList<string> arguments, params string[] names)
    {
        for (int i = 0; i < arguments.Count && arguments[i] != "--"; i++)
        {
            string argument = arguments[i];
            foreach (string name in names)
            {
                if (argument == name && i + 1 < arguments.Count)
                {
                    yield return new AgentOption(i, 2, arguments[++i]);
                    break;
                }

                // Long options have their value behind "=", short ones right behind them.
                string before = name.StartsWith("--", StringComparison.Ordinal) ? name + "=" : name;
                if (argument.Length > before.Length && argument.StartsWith(before, StringComparison.Ordinal))
                {
                    yield return new AgentOption(i, 1, argument[before.Length..]);
                    break;
                }
            }
        }
    }

    /// <summary>The arguments without some options.</summary>
    public static IEnumerable<string> Without(this IReadOnlyList<string> arguments, IEnumerable<AgentOption> options)
    {
        HashSet<int> left = [.. options.SelectMany(o => Enumerable.Range(o.Index, o.Length))];
        return arguments.Where((_, i) => !left.Contains(i));
    }
}

/// <summary>An option with a value.</summary>
/// <param name="Index">Its first argument.</param>
/// <param name="Length">How many arguments it takes.</param>
/// <param name="Value">The value.</param>
internal readonly record struct AgentOption(int Index, int Length, string Value);
