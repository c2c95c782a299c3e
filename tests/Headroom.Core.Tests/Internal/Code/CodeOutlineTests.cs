namespace Headroom.Internal.Code;

/// <summary>What is declared, in small sources of each language; a name behind a point belongs to the one before it.</summary>
public sealed class CodeOutlineTests
{
    [Theory]
    [MemberData(nameof(Sources))]
    public void Declarations_are_found(string language, string source, string expected)
    {
        CodeOutline outline = CodeOutline.Of(source);
        Assert.Equal(language, outline.Language.ToString());
        Assert.Equal(expected.Split(' '), Names(outline));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Numbers_in_front_of_lines_change_nothing(string language, string source, string expected)
    {
        string arrows = string.Join('\n', source.Split('\n').Select((l, i) => $"{i + 120,6}→{l}"));
        string tabs = string.Join('\n', source.Split('\n').Select((l, i) => $"{i + 1,6}\t{l}"));
        Assert.Equal(expected.Split(' '), Names(CodeOutline.Of(arrows)));
        Assert.Equal(expected.Split(' '), Names(CodeOutline.Of(tabs)));
        Assert.Equal(language, CodeOutline.Of(arrows).Language.ToString());
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_part_of_a_file_still_has_most_of_its_declarations(string language, string source, string expected)
    {
        _ = language;
        string[] lines = source.Split('\n'), names = expected.Split(' ');
        string part = string.Join('\n', lines.Skip(lines.Length / 3));
        HashSet<string> found = [.. Names(CodeOutline.Of(part)).Select(n => n.Split('.')[^1])];
        int there = names.Count(n => part.Contains(n.Split('.')[^1], StringComparison.Ordinal)), seen = names.Count(n => found.Contains(n.Split('.')[^1]));
        Assert.True(seen >= there * 0.6, $"{seen} of {there}: {string.Join(' ', found)}");
    }

    private static string[] Names(CodeOutline outline) => [.. outline.Declarations.OrderBy(d => d.Line).Select(d => outline.PathOf(d).Replace(" ", "#", StringComparison.Ordinal))];

    public static TheoryData<string, string, string> Sources => new()
    {
        {
            "CSharp",
            """
            using System;

            [assembly: CLSCompliant(true)]

            namespace Shop.Orders;

            /// <summary>A cart { with a brace in its comment.</summary>
            [Serializable] public sealed partial class Cart<T>(IClock clock) : ICart where T : notnull
            {
                private readonly Dictionary<string, List<int>> _byName = new() { ["{"] = [] };
                [JsonPropertyName("id")] public string Id { get; init; } = "}";
                [Obsolete]
                public (int Count, string Name) Both => (1, $"{(clock is null ? "a" : "b")} {{ }}");
                public event EventHandler? Changed;
                public int this[int index] => index;
                public Cart() : this(null!) { }
                ~Cart() { }

                public async Task<Dictionary<string, T?>> AddItem<TItem>(
                    TItem item,
                    CancellationToken cancellationToken = default)
                    where TItem : T
                {
                    var x = new { Name = "a" };
                    if (Check(item)) { return null; }
                    static bool Check(TItem item) => item is { };
                    int Local(int a)
                    {
                        return a;
                    }
                    return await Load(x) switch { _ => null };
                }

                public static implicit operator Cart<T>(string s) => new();
                public static bool operator ==(Cart<T> a, Cart<T> b) => true;
                int ICart.Total(string? code) => code switch { "x" => 1, _ => 2 };
                public const int Max = 3, Min = 1;
                public required int[] Values { get; set; }
            }

            public readonly record struct Line(string Sku, int Quantity);
            internal record Person(string Name)
            {
                public string Upper() => Name.ToUpperInvariant();
            }
            public enum Status : byte { Open, Closed = 2 }
            public delegate void Handler(object sender);
            interface ICart { int Total(string? code); object Tag { get; } }
            """,
            "Orders Cart Cart._byName Cart.Id Cart.Both Cart.Changed Cart.this[] Cart.Cart Cart.~Cart Cart.AddItem AddItem.Check AddItem.Local Cart.operator#Cart<T> Cart.operator#== Cart.Total Cart.Max Cart.Values Line Person Person.Upper Status Handler ICart ICart.Total ICart.Tag"
        },
        {
            "Script",
            """
            import React, { useState } from 'react';

            const STORAGE_KEY = 'todos';
            export type Filter = 'all' | 'done';
            export interface Todo {
              id: string;
              done?: boolean
              toggle(force: boolean): void;
            }

            const storageUtils = {
              loadTodos: (): Todo[] => {
                if (!x) { return []; }
                return JSON.parse(`${STORAGE_KEY}{`);
              },
              async save(todos: Todo[]): Promise<void> {
                localStorage.setItem(STORAGE_KEY, JSON.stringify(todos).replace(/[{"]/g, ''));
              },
              clear: function () { },
            };

            export const todoReducer = (state: State, action: Action): State => {
              switch (action.type) {
                case 'add': {
                  return { ...state, todos: [] };
                }
                default:
                  return state;
              }
            };

            @Injectable()
            export abstract class TodoStore<T extends Todo> extends Store implements Disposable {
              private readonly items: Map<string, T> = new Map();
              static #count = 0
              constructor(private readonly http: HttpClient) { super(); }
              get size(): number { return this.items.size; }
              handle = async (e: Event) => {
                this.add(e);
              };
              async *stream<K>(key: K): AsyncGenerator<K> { yield key; }
              find(id: string): { id: string } | undefined {
                return this.items.get(id);
              }
              abstract load(): void;
            }

            export default function App({ title }: Props) {
              const [todos, setTodos] = useState<Todo[]>([]);
              const handleAdd = useCallback((t: string) => { setTodos([]); }, []);
              const remove = (id: string) => todos.filter(t => t.id !== id);
              function inner() { return 1; }
              return <div className="a">It's {title}</div>;
            }

            export async function* fetchAll(page = 1) { }
            enum Color { Red, Green }
            module.exports.run = function (x) { return x; };
            """,
            "STORAGE_KEY Filter Todo Todo.id Todo.done Todo.toggle storageUtils storageUtils.loadTodos storageUtils.save storageUtils.clear todoReducer TodoStore TodoStore.items TodoStore.#count TodoStore.constructor TodoStore.size TodoStore.handle TodoStore.stream TodoStore.find TodoStore.load App App.handleAdd App.remove App.inner fetchAll Color run"
        },
        {
            "Python",
            """"
            """Module text: def not_a_function(): pass"""
            import os
            from typing import Any

            DEFAULT_SIZE = 10
            names: list[str] = []


            @dataclass(frozen=True)
            class Cart(Base):
                """A cart.

                def hidden(self): ...
                """
                items: list[int] = field(default_factory=list)

                def __init__(self, size: int = DEFAULT_SIZE, *, name: str | None = None) -> None:
                    self.size = size

                @property
                def total(self) -> int:
                    def add(a, b):
                        return a + b
                    return add(1, 2)

                async def load(
                    self,
                    path: str,
                ) -> dict[str, Any]:
                    x = {
                "odd": 1,
                    }
                    return x

                class Meta:
                    ordering = ["name"]


            def main(argv=None): return 0


            if __name__ == "__main__":
                main()
            """",
            "DEFAULT_SIZE names Cart Cart.items Cart.__init__ Cart.total total.add Cart.load Cart.Meta Meta.ordering main"
        },
        {
            "Go",
            """
            package server

            import (
            	"context"
            	"net/http"
            )

            const (
            	DefaultPort = 80
            	maxConns
            )

            var ErrClosed = errors.New("closed {")

            type (
            	Handler interface {
            		Serve(ctx context.Context, w http.ResponseWriter) error
            	}
            	Func func(int) int
            )

            type Server[T any] struct {
            	Addr    string `json:"addr"`
            	handler Handler
            	sync.Mutex
            }

            // Listen serves.
            func (s *Server[T]) Listen(ctx context.Context, opts ...Option) (err error) {
            	defer func() {
            		if r := recover(); r != nil {
            			err = r.(error)
            		}
            	}()
            	for i := 0; i < 3; i++ {
            		s.handler.Serve(ctx, nil)
            	}
            	return nil
            }

            func New[T any](
            	addr string,
            	opts ...Option,
            ) *Server[T] {
            	return &Server[T]{Addr: addr}
            }

            func (Empty) Close() error { return nil }
            """,
            "DefaultPort maxConns ErrClosed Handler Handler.Serve Func Server Server.Addr Server.handler Server.Mutex Server.Listen New Empty.Close"
        },
        {
            "Rust",
            """
            use std::collections::HashMap;

            pub const MAX: usize = 10;
            static mut COUNT: u32 = 0;

            #[derive(Debug, Clone)]
            pub struct Cart<'a, T: Item> {
                pub items: HashMap<String, T>,
                name: &'a str,
            }

            pub enum Event { Added { id: u32 }, Removed(u32) }
            pub(crate) type Result<T> = std::result::Result<T, Error>;

            impl<'a, T: Item> Cart<'a, T> {
                pub fn new(name: &'a str) -> Self {
                    let quote = '"';
                    let brace = '{';
                    Self { items: HashMap::new(), name }
                }

                pub(crate) async unsafe fn total<F>(&self, f: F) -> Option<u64>
                where
                    F: Fn(&T) -> u64,
                {
                    let x = match self.items.len() { 0 => None, n => Some(n as u64) };
                    x
                }
            }

            impl<T: Item> fmt::Display for Cart<'_, T> {
                fn fmt(&self, f: &mut Formatter) -> fmt::Result { write!(f, r#"{"{"}"#) }
            }

            pub trait Item: Send {
                const KIND: &'static str;
                type Id;
                fn id(&self) -> Self::Id;
                fn label(&self) -> String { String::new() }
            }

            macro_rules! square { ($x:expr) => { $x * $x }; }
            mod tests {
                #[test]
                fn works() { assert!(true); }
            }
            """,
            "MAX COUNT Cart Cart.items Cart.name Event Result Cart Cart.new Cart.total Cart Cart.fmt Item Item.KIND Item.Id Item.id Item.label square tests tests.works"
        },
        {
            "Java",
            """
            package com.acme.shop;

            import java.util.List;
            import static java.util.Objects.requireNonNull;

            /** A cart. */
            public final class Cart<T extends Item> implements Iterable<T> {
                private static final int MAX = 10;
                private final Map<String, List<T>> items = new HashMap<>();
                static { System.out.println("x"); }

                public Cart(final String name) throws IOException { this.name = name; }

                @Override
                public Iterator<T> iterator() {
                    return new Iterator<T>() {
                        @Override public boolean hasNext() { return false; }
                    };
                }

                @SuppressWarnings({"unchecked", "{"}) protected <K> Map<K, int[]> group(Function<? super T, K> key,
                        int size) throws IOException, SQLException {
                    if (size > 0) { return null; }
                    for (T item : items) { add(item); }
                    return null;
                }

                abstract void clear();

                enum Color {
                    RED(1), GREEN(2) { int code() { return 3; } };
                    private final int code;
                    Color(int code) { this.code = code; }
                    int code() { return code; }
                }

                record Point(int x, int y) { double norm() { return 0; } }
                interface Visitor<R> { R visit(Cart<?> cart); default void end() { } }
                @interface Marker { String value() default "x"; }
            }
            """,
            "Cart Cart.MAX Cart.items Cart.Cart Cart.iterator iterator.hasNext Cart.group Cart.clear Cart.Color Color.code Color.Color Color.code Cart.Point Point.norm Cart.Visitor Visitor.visit Visitor.end Cart.Marker Marker.value"
        },
        {
            "C",
            """
            #include <stdio.h>
            #define MAX_OF(a, b) ((a) > (b) ? (a) : (b))

            namespace shop {

            template <typename T, class... Args>
            class API_EXPORT Cart final : public Base<T> {
             public:
              explicit Cart(int size) : size_(size) {}
              virtual ~Cart() = default;
              Cart(const Cart&) = delete;
              bool operator==(const Cart& other) const { return size_ == other.size_; }
              std::vector<std::pair<int, T>> items() const noexcept override;
              static constexpr int kMax = 10;
             private:
              int size_ = 0;
              std::unique_ptr<T> next_;
            };

            enum class Color : int { Red, Green };
            struct Point { int x, y; };
            typedef struct node { struct node *next; } node_t;
            using Names = std::vector<std::string>;
            extern "C" {
            int shop_open(const char *path, int flags);
            }

            static inline unsigned int hash(const char *s)
            {
              for (int i = 0; i < 3; i++) { s++; }
            #ifdef FAST
              if (s) {
            #else
              if (!s) {
            #endif
                return 1;
              }
              return 'x' + '{';
            }

            template <typename T>
            std::vector<std::pair<int, T>> Cart<T>::items() const noexcept {
              auto add = [&](int a) { return a; };
              return {};
            }

            Cart::Cart(int size)
                : size_(size), next_(nullptr) {
              run();
            }

            struct point *make_point(int x, int y) { return NULL; }
            const char *const names[] = { "a", "b" };
            int main(int argc, char **argv) { return 0; }
            }  // namespace shop
            """,
            "MAX_OF shop Cart Cart.Cart Cart.~Cart Cart.Cart Cart.operator#== Cart.items Cart.kMax Cart.size_ Cart.next_ shop.Color shop.Point Point.x shop.node node.next shop.shop_open shop.hash Cart.items Cart.Cart shop.make_point shop.names shop.main"
        },
        {
            "Kotlin",
            """
            package com.acme.shop

            import kotlinx.coroutines.flow.Flow

            const val MAX = 10
            typealias Names = List<String>

            /** A cart. */
            @Serializable
            data class Cart<T : Item>(
                val items: List<T>,
                private val name: String = "x",
            ) : Base(name), Closeable {
                private val total: Int
                    get() = items.sumOf { it.price }
                val cache by lazy { HashMap<String, Int>() }
                lateinit var owner: Owner

                init { println("cart ${items.size} {") }

                constructor(name: String) : this(emptyList(), name)

                override fun close() {
                    items.forEach { it.close() }
                    fun local(x: Int): Int = x
                }

                suspend fun <R> map(transform: (T) -> R): List<R> =
                    items.map(transform)

                companion object {
                    fun empty() = Cart<Item>(emptyList())
                }

                enum class State(val code: Int) { OPEN(1), CLOSED(2); fun isOpen() = this == OPEN }
            }

            sealed interface Event
            object Registry : Store { val all = mutableListOf<Event>() }
            fun String.shout(): String = uppercase() + "!"
            internal inline fun <reified T> Cart<T>.find(id: String): T? {
                return null
            }
            """,
            "MAX Names Cart Cart.total Cart.cache Cart.owner Cart.constructor Cart.close close.local Cart.map Cart.Companion Companion.empty Cart.State State.isOpen Event Registry Registry.all String.shout Cart.find"
        },
        {
            "Php",
            """
            <?php
            declare(strict_types=1);

            namespace App\Shop;

            use App\Models\Item;

            # a comment {
            #[Attribute]
            final class Cart extends Base implements Countable
            {
                use LogsThings;

                public const MAX = 10;
                private ?string $name = "a {$x} b";
                protected static array $items = [];

                public function __construct(private readonly Clock $clock, int $size = 3)
                {
                    $this->items = array_map(function ($i) { return $i; }, []);
                }

                #[Pure]
                public static function total(array $items): ?int
                {
                    $sql = <<<SQL
                    SELECT { FROM x
                    SQL;
                    foreach ($items as $item) { $x = fn($y) => $y; }
                    return match (true) { default => 1 };
                }

                abstract protected function load(string $id): Item;
            }

            interface HasTotal { public function total(): int; }
            trait LogsThings { private function log(string $m): void { } }
            enum Status: string { case Open = 'o'; public function label(): string { return 'x'; } }
            function helper(&$x) { return $x; }
            """,
            "Shop Cart Cart.MAX Cart.$name Cart.$items Cart.__construct Cart.total Cart.load HasTotal HasTotal.total LogsThings LogsThings.log Status Status.label helper"
        },
        {
            "Ruby",
            """
            # frozen_string_literal: true
            require 'json'

            module Shop
              MAX = 10

              class Cart < Base
                include Enumerable
                attr_reader :items, :name

                def initialize(items = [], name: "x #{1 + 1}")
                  @items = items
                end

                def each(&block)
                  @items.each do |item|
                    block.call(item)
                  end
                  sql = <<~SQL
                    def hidden
                    end
                  SQL
                end

                def empty? = @items.empty?

                class << self
                  def build(*args)
                    new(*args)
                  end
                end

                def self.parse(text)
                  JSON.parse(text) if text
                end

                private

                def total
                  if items.any?
                    1
                  end
                end
              end

              class Error < StandardError; end
            end
            """,
            "Shop Shop.MAX Shop.Cart Cart.:items Cart.initialize Cart.each Cart.empty? Cart.self self.build Cart.parse Cart.total Shop.Error"
        },
        {
            "Swift",
            """
            import Foundation

            /// A cart.
            @MainActor
            public final class Cart<T: Item>: Base, ObservableObject where T: Codable {
                @Published private(set) var items: [T] = []
                static let shared = Cart(name: "a \(1 + (2)) {")
                var total: Int {
                    items.reduce(0) { $0 + $1.price }
                }

                public init(name: String, _ size: Int = 3) {
                    self.name = name
                }

                deinit { print("gone") }

                @discardableResult
                func add(_ item: T,
                         at index: Int? = nil) async throws -> Bool {
                    guard let index else { return false }
                    func local() -> Int { 1 }
                    return true
                }

                subscript(index: Int) -> T { items[index] }
                static func == (lhs: Cart, rhs: Cart) -> Bool { true }
                class func make() -> Cart { Cart(name: "x") }
            }

            enum Event: String { case added, removed; func label() -> String { "x" } }
            protocol Item { var price: Int { get } ; func id() -> String }
            extension Cart: CustomStringConvertible {
                var description: String { "Cart" }
            }
            struct Point { let x, y: Int }
            typealias Names = [String]
            """,
            "Cart Cart.items Cart.shared Cart.total Cart.init Cart.deinit Cart.add add.local Cart.subscript Cart.== Cart.make Event Event.label Item Item.price Item.id Cart Cart.description Point Point.x Names"
        },
    };
}
