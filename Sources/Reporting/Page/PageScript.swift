/// The page's only script: hover values, one strategy at a time, sorting; all reads without it.
enum PageScript {
  static let text = #"""
    (()=>{"use strict";
    const all=(q,r=document)=>[...r.querySelectorAll(q)];
    let only=null;
    const show=k=>{only=only===k?null:k;
     for(const g of all("svg .k[data-k]"))g.classList.toggle("off",only!==null&&g.dataset.k!==only);
     for(const r of all(".card tr[data-k]"))r.classList.toggle("off",only!==null&&r.dataset.k!==only);
     for(const l of items)l.setAttribute("aria-pressed",l.dataset.k===only)};
    const press=(e,f)=>{e.tabIndex=0;e.addEventListener("click",f);
     e.addEventListener("keydown",v=>{if(v.key==="Enter"||v.key===" "){v.preventDefault();f()}})};
    const items=all(".key .way");
    for(const p of all(".pick"))p.hidden=false;
    if(items.length>1)for(const l of items){l.setAttribute("role","button");
     l.setAttribute("aria-pressed","false");l.title="Show only this strategy in every figure";
     press(l,()=>show(l.dataset.k))}
    const number=t=>{const m=t.replace(/,/g,"").replace("−","-").match(/[-+]?\d+(\.\d+)?/);return m?+m[0]:null};
    for(const table of all("table.data,table.plain"))all("thead th",table).forEach((th,i)=>{
     th.classList.add("sort");th.title="Sort by this column";
     press(th,()=>{const up=th.getAttribute("aria-sort")==="descending";
      for(const o of all("thead th",table))o.removeAttribute("aria-sort");
      th.setAttribute("aria-sort",up?"ascending":"descending");
      const body=table.tBodies[0],key=r=>r.cells[i]?r.cells[i].textContent:"";
      const rows=[...body.rows].map((r,n)=>[r,n]);
      rows.sort((a,b)=>{const x=number(key(a[0])),y=number(key(b[0]));
       const d=x!==null&&y!==null?x-y:key(a[0]).localeCompare(key(b[0]));
       return (up?d:-d)||a[1]-b[1]});
      for(const r of rows)body.append(r[0])})});
    for(const figure of all("figure")){const rows=all("tr[data-w]",figure);if(!rows.length)continue;
     const tip=document.createElement("div");tip.className="tip";tip.hidden=true;
     tip.setAttribute("role","status");figure.append(tip);
     const heads=all("thead th",figure).map(h=>h.textContent);
     for(const svg of all(":scope>svg",figure)){const key=svg.classList[0];let at=-1;
      const line=document.createElementNS("http://www.w3.org/2000/svg","line");
      line.setAttribute("class","ax cursor");svg.append(line);svg.tabIndex=0;
      const hide=()=>{tip.hidden=true;at=-1;line.removeAttribute("y2")};
      const read=n=>{at=n;const r=rows[n],view=svg.viewBox.baseVal,x=r.dataset[key];
       line.setAttribute("x1",x);line.setAttribute("x2",x);
       line.setAttribute("y1",14);line.setAttribute("y2",view.height-24);
       tip.replaceChildren(...[...r.cells].map((c,i)=>{const p=document.createElement("p");
        const b=document.createElement("b");b.textContent=c.textContent;p.append(heads[i]+" ",b);return p}));
       tip.hidden=false;const f=figure.getBoundingClientRect(),box=svg.getBoundingClientRect();
       tip.style.top=box.top-f.top+20+"px";
       const left=box.left-f.left+x*box.width/view.width+16;
       tip.style.left=(left+tip.offsetWidth>f.width?left-tip.offsetWidth-32:left)+"px"};
      svg.addEventListener("pointerleave",hide);svg.addEventListener("blur",hide);
      svg.addEventListener("keydown",e=>{const to={ArrowLeft:at<0?rows.length-1:at-1,ArrowRight:at+1,Home:0,End:rows.length-1}[e.key];
       if(e.key==="Escape")hide();if(to===undefined)return;
       e.preventDefault();read(Math.max(0,Math.min(rows.length-1,to)))});
      svg.addEventListener("pointermove",e=>{const box=svg.getBoundingClientRect();
       const x=(e.clientX-box.left)*svg.viewBox.baseVal.width/box.width;
       let best=0;rows.forEach((r,n)=>{if(Math.abs(r.dataset[key]-x)<Math.abs(rows[best].dataset[key]-x))best=n});
       read(best)})}}
    })();
    """#

  /// SHA-256 of the text in base 64, for the page's security policy.
  static let digest = "hgiV3iutWS3CFf+TY7YVhEPXF924ZbYutet07d+clZc="
}
