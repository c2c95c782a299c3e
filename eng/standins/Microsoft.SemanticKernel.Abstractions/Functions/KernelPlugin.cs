using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Functions under one name.</summary>
public abstract class KernelPlugin(string name, string? description = null) : IEnumerable<KernelFunction>
{
    public string Name { get; } = name;

    public string Description { get; } = description ?? "";

    public abstract int FunctionCount { get; }

    public KernelFunction this[string functionName] => TryGetFunction(functionName, out KernelFunction? function) ? function : throw new KeyNotFoundException(functionName);

    public bool Contains(string functionName) => TryGetFunction(functionName, out _);

    public abstract bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function);

    public abstract IEnumerator<KernelFunction> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Stand-in. Plugins that can be looked up.</summary>
public interface IReadOnlyKernelPluginCollection : IReadOnlyCollection<KernelPlugin>
{
    bool TryGetPlugin(string name, [NotNullWhen(true)] out KernelPlugin? plugin);
}

/// <summary>Stand-in. The plugins of a kernel. Two of one name, in whatever case, are refused.</summary>
public sealed class KernelPluginCollection : ICollection<KernelPlugin>, IReadOnlyKernelPluginCollection
{
    private readonly Dictionary<string, KernelPlugin> _plugins = new(StringComparer.OrdinalIgnoreCase);

    public KernelPluginCollection()
    {
    }

    public KernelPluginCollection(IEnumerable<KernelPlugin> plugins)
    {
        foreach (KernelPlugin plugin in plugins) Add(plugin);
    }

    public int Count => _plugins.Count;

    bool ICollection<KernelPlugin>.IsReadOnly => false;

    public KernelPlugin this[string name] => _plugins[name];

    public void Add(KernelPlugin plugin) => _plugins.Add(plugin.Name, plugin);

    public bool Remove(KernelPlugin plugin) => _plugins.Remove(plugin.Name);

    public void Clear() => _plugins.Clear();

    public bool Contains(KernelPlugin plugin) => _plugins.TryGetValue(plugin.Name, out KernelPlugin? found) && found == plugin;

    public bool TryGetPlugin(string name, [NotNullWhen(true)] out KernelPlugin? plugin) => _plugins.TryGetValue(name, out plugin);

    public IEnumerator<KernelPlugin> GetEnumerator() => _plugins.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KernelPlugin>.CopyTo(KernelPlugin[] array, int arrayIndex) => _plugins.Values.CopyTo(array, arrayIndex);
}

/// <summary>Stand-in. Looks functions up.</summary>
public static class KernelPluginExtensions
{
    public static KernelFunction GetFunction(this IReadOnlyKernelPluginCollection plugins, string? pluginName, string functionName) =>
        plugins.TryGetFunction(pluginName, functionName, out KernelFunction? function) ? function : throw new KeyNotFoundException($"{pluginName}.{functionName}");

    public static bool TryGetFunction(this IReadOnlyKernelPluginCollection plugins, string? pluginName, string functionName, [NotNullWhen(true)] out KernelFunction? func)
    {
        func = null;
        if (!string.IsNullOrWhiteSpace(pluginName)) return plugins.TryGetPlugin(pluginName, out KernelPlugin? plugin) && plugin.TryGetFunction(functionName, out func);
        foreach (KernelPlugin any in plugins)
        {
            if (any.TryGetFunction(functionName, out func)) return true;
        }

        return false;
    }
}
